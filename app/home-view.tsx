"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { handOver } from "../lib/handover.ts";
import { Button } from "../lib/ui/button.tsx";
import { PictureInput } from "../lib/ui/picture-input.tsx";
import { useChoices } from "../lib/ui/preferences.tsx";
import { PromiseLine } from "../lib/ui/promise-line.tsx";
import { type ListedTask, TaskEntry } from "./task-entry.tsx";
import { TaskMark } from "./task-mark.tsx";

/** What this is in a sentence, a frame that takes a picture, and the index of what is known. */
export function HomeView({ tasks }: { readonly tasks: readonly ListedTask[] }) {
  const t = useTranslations("home");
  const tProblem = useTranslations("problem.noFile");
  const { locale } = useChoices();
  const router = useRouter();
  const [undecided, setUndecided] = useState<{ readonly file: File; readonly url: string }>();
  const [noFile, setNoFile] = useState(false);

  useEffect(() => () => undecided && URL.revokeObjectURL(undecided.url), [undecided]);

  function open(task: string, picture: File) {
    handOver(picture);
    router.push(`/${task}`);
  }

  /** With one task there is nothing to ask; with several, the reader says which of them it is for. */
  function onPicture(file: File) {
    setNoFile(false);
    const [first, ...others] = tasks;
    if (first !== undefined && others.length === 0) open(first.task, file);
    else setUndecided({ file, url: URL.createObjectURL(file) });
  }

  return (
    <div className="page">
      <title>{t("title")}</title>
      <div className="grid items-center gap-x-14 gap-y-6 pt-2 lg:grid-cols-[5fr_7fr] lg:pt-6">
        <div>
          <h1 className="text-2xl font-semibold sm:text-4xl">
            {t.rich("heading", { phrase: (words) => <span className="inline-block">{words}</span> })}
          </h1>
          <p className="mt-4 max-w-[34rem] text-lg text-muted sm:mt-6">{t("lead")}</p>
        </div>
        <div>
          <PictureInput
            shown={undecided && { url: undecided.url, name: undecided.file.name }}
            onPicture={onPicture}
            onNoFile={() => setNoFile(true)}
            mark={<TaskMark />}
            frame="aspect-3/2"
          />
          <div className="mt-4">
            <PromiseLine />
          </div>
          <div role="status" className="text-sm">
            {noFile && (
              <p className="mt-3 text-danger">
                {tProblem("title")}. {tProblem("hint")}
              </p>
            )}
            {undecided !== undefined && tasks.length > 0 && (
              <div className="mt-4 flex flex-wrap items-center gap-3">
                <p className="font-medium">{t("whichTask")}</p>
                {tasks.map(({ task, title }) => (
                  <Button key={task} onClick={() => open(task, undecided.file)}>
                    {title[locale]}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </div>
      </div>
      <section className="mt-14 sm:mt-20">
        <h2 className="text-xl font-semibold">{t("tasks")}</h2>
        {tasks.length === 0 ? (
          <div className="mt-4 border-t border-line pt-5">
            <p className="font-medium">{t("noTasks")}</p>
            <p className="text-muted">{t("noTasksHint")}</p>
          </div>
        ) : (
          <ul className="mt-4">
            {tasks.map((task) => (
              <TaskEntry key={task.task} {...task} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
