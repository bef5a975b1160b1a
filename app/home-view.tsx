"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type Content, contentOf } from "../lib/content.ts";
import { handOver } from "../lib/handover.ts";
import { PromiseLine } from "../lib/ui/promise-line.tsx";
import { useObjectUrl } from "../lib/ui/use-object-url.ts";
import { ProblemText } from "./[task]/problem-text.tsx";
import { AnythingInput } from "./anything-input.tsx";
import { type ListedTask, TaskEntry } from "./task-entry.tsx";
import { TaskQuestion } from "./task-question.tsx";

/** What was handed in and cannot be opened at once: nothing at all, something unfit, or fit for several tasks. */
interface Pending {
  readonly files: readonly File[];
  readonly content: Content | undefined;
}

/** What this is in a sentence, a frame that takes anything, and the index of what is known. */
export function HomeView({ tasks }: { readonly tasks: readonly ListedTask[] }) {
  const t = useTranslations("home");
  const format = useFormatter();
  const router = useRouter();
  const [pending, setPending] = useState<Pending>();
  const kinds = tasks.length > 0 ? [...new Set(tasks.map(({ takes }) => takes))] : (["image"] as const);
  const [file] = pending?.files ?? [];
  const things = format.list(
    kinds.map((kind) => t(`things.${kind}`)),
    { type: "disjunction" },
  );
  const fitting = tasks.filter(({ takes }) => takes === pending?.content?.kind);
  const url = useObjectUrl(fitting.length > 0 && pending?.content?.kind === "image" ? file : undefined);
  const shown = url !== undefined && file !== undefined ? { url, name: file.name } : undefined;
  const refusal =
    pending !== undefined && fitting.length === 0 ? (
      <Refusal file={file} content={pending.content} things={things} />
    ) : undefined;

  function open(task: string, files: readonly File[]) {
    handOver(files);
    router.push(`/${task}`);
  }

  /** With one task that takes it there is nothing to ask; with several, the reader says which of them it is for. */
  async function onFiles(files: readonly File[]) {
    const [first] = files;
    const content = first && (await contentOf(first));
    const [task, ...others] = tasks.filter(({ takes }) => takes === content?.kind);
    if (task !== undefined && others.length === 0) open(task.task, files);
    else setPending({ files, content });
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
          <AnythingInput kinds={kinds} things={things} shown={shown} refusal={refusal} onFiles={onFiles}>
            {pending !== undefined && fitting.length > 0 ? (
              <TaskQuestion
                tasks={fitting}
                onTask={(task) => open(task, pending.files)}
                onBack={() => setPending(undefined)}
              />
            ) : undefined}
          </AnythingInput>
          <div className="mt-4">
            <PromiseLine />
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
              <TaskEntry key={task.task} {...task} onSample={(name, picture) => open(name, [picture])} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** Why nothing comes of a file, and what to try. What no task takes yet is no mistake, and isn't told as one. */
function Refusal({
  file,
  content,
  things,
}: {
  readonly file: File | undefined;
  readonly content: Content | undefined;
  readonly things: string;
}) {
  const t = useTranslations("home");
  if (file === undefined || content === undefined) return <ProblemText problem={{ kind: "noFile" }} />;
  const { name } = file;
  if (content.kind === "empty" || content.kind === "foreign") {
    return <ProblemText problem={{ kind: "picture", name, fault: content }} />;
  }
  return (
    <div role="status">
      <h2 className="line-clamp-3 text-xl font-medium wrap-anywhere">
        {t(`untaken.${content.kind}.title`, { name })}
      </h2>
      <p className="mt-2 text-muted">{t(`untaken.${content.kind}.hint`, { things })}</p>
    </div>
  );
}
