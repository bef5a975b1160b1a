"use client";

import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import { takeOver } from "../../lib/handover.ts";
import type { Problem } from "../../lib/inference/protocol.ts";
import { useInference } from "../../lib/inference/use-inference.ts";
import { remember } from "../../lib/preferences.ts";
import { PictureInput, type ShownPicture } from "../../lib/ui/picture-input.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { PromiseLine } from "../../lib/ui/promise-line.tsx";
import { sampleOf } from "../samples.ts";
import { TaskMark } from "../task-mark.tsx";
import { AnswerPanel } from "./answer-panel.tsx";
import { Details } from "./details.tsx";
import { ModelChoice } from "./model-choice.tsx";

interface TaskViewProps {
  readonly task: string;
  /** One per variant, the first by default. */
  readonly releases: readonly Manifest[];
  /** The variant chosen at an earlier visit. */
  readonly preferredVariant: string | undefined;
}

/** A picture on the left, its answer on the right; on a phone one above the other. */
export function TaskView({ task, releases, preferredVariant }: TaskViewProps) {
  const t = useTranslations("task");
  const tPicture = useTranslations("picture");
  const { locale } = useChoices();
  const [manifest, setManifest] = useState(
    () => releases.find(({ variant }) => variant === preferredVariant) ?? releases[0]!,
  );
  const { model, picture, classify, pause, resume } = useInference(manifest);
  const [shown, setShown] = useState<ShownPicture>();
  const [noFile, setNoFile] = useState(false);

  const onPicture = useCallback(
    (file: File) => {
      setNoFile(false);
      setShown({ url: URL.createObjectURL(file), name: file.name });
      classify(file, file.name);
    },
    [classify],
  );
  useEffect(() => () => shown && URL.revokeObjectURL(shown.url), [shown]);
  useEffect(() => {
    const picked = takeOver();
    if (picked !== undefined) onPicture(picked);
  }, [onPicture]);

  function choose(release: Manifest) {
    remember("variant", release.variant);
    setManifest(release);
  }

  const problem: Problem | { kind: "noFile" } | undefined = noFile
    ? { kind: "noFile" }
    : picture.phase === "failed"
      ? picture.problem
      : undefined;
  const answer = picture.phase === "answered" ? picture.answer : undefined;
  const title = manifest.title[locale];
  return (
    <div data-task={task} className="page">
      <title>{t("pageTitle", { title })}</title>
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 sm:mb-7">
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        <p className="text-sm text-muted">{t("lead", { count: manifest.classes.length })}</p>
      </div>
      <div className="grid gap-x-14 gap-y-8 lg:grid-cols-[7fr_5fr]">
        <section aria-label={t("picture")}>
          <PictureInput
            shown={problem === undefined ? shown : undefined}
            caption={
              answer &&
              shown &&
              tPicture("caption", { name: shown.name, width: answer.width, height: answer.height })
            }
            onPicture={onPicture}
            onNoFile={() => setNoFile(true)}
            mark={<TaskMark task={task} />}
            sample={sampleOf(task)}
            frame="aspect-4/3"
          />
          <div className="mt-4">
            <PromiseLine />
          </div>
        </section>
        <section aria-label={t("answer")}>
          <AnswerPanel
            manifest={manifest}
            model={model}
            picture={picture}
            problem={problem}
            onPause={pause}
            onResume={resume}
          />
          <Details manifest={manifest} model={model} answer={answer} />
        </section>
      </div>
      <ModelChoice releases={releases} chosen={manifest} onChoose={choose} />
    </div>
  );
}
