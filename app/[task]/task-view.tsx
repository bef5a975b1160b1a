"use client";

import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../engine/release/manifest.ts";
import { useBatch } from "../../lib/batch/use-batch.ts";
import { takeOver } from "../../lib/handover.ts";
import { useInference } from "../../lib/inference/use-inference.ts";
import { useRelease } from "../../lib/inference/use-release.ts";
import { remember } from "../../lib/preferences.ts";
import { PictureInput } from "../../lib/ui/picture-input.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useObjectUrl } from "../../lib/ui/use-object-url.ts";
import { namedSamples } from "../samples.ts";
import { TaskMark } from "../task-mark.tsx";
import { AnswerView } from "./answer-view.tsx";
import { BatchView } from "./batch/batch-view.tsx";
import { ModelChoice } from "./model-choice.tsx";
import { NewerModel } from "./newer-model.tsx";
import { Reliability } from "./reliability.tsx";
import { useCaption } from "./use-caption.ts";
import { useLiveAnswers } from "./use-live-answers.ts";

interface TaskViewProps {
  readonly task: string;
  /** One per variant, the first by default. */
  readonly releases: readonly PictureManifest[];
  /** The variant chosen at an earlier visit. */
  readonly preferredVariant: string | undefined;
}

/** One picture with its answer, or a grid of many; below, the models to choose from. */
export function TaskView({ task, releases, preferredVariant }: TaskViewProps) {
  const t = useTranslations("task");
  const { locale } = useChoices();
  const release = useRelease(releases, preferredVariant);
  const { manifest, newer, update } = release;
  const inference = useInference(manifest, release.settled);
  const live = useLiveAnswers(manifest, inference);
  const { batch, state } = useBatch(inference.ask);
  const [noFile, setNoFile] = useState(false);

  const onFiles = useCallback(
    (files: readonly File[]) => {
      setNoFile(files.length === 0);
      if (files.length > 0) batch.replace(files);
    },
    [batch],
  );
  useEffect(() => {
    const files = takeOver();
    if (files.length > 0) onFiles(files);
  }, [onFiles]);

  function choose(newest: PictureManifest) {
    remember("variant", newest.variant);
    release.choose(newest);
  }

  // An older release that cannot be started, because its files here are damaged and the server has them no more.
  useEffect(() => {
    if (newer !== undefined && inference.model.phase === "failed") update();
  }, [newer, inference.model.phase, update]);

  const [photo] = state.photos;
  const url = useObjectUrl(photo?.file);
  const caption = useCaption(photo);
  const usable = photo !== undefined && photo.state.phase !== "failed" && !noFile;
  const title = manifest.title[locale];
  const { reliability, n } = manifest.metrics;
  return (
    <div data-task={task} className="page">
      <title>{t("pageTitle", { title })}</title>
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 sm:mb-7">
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        <p className="text-sm text-muted">{t("lead", { count: manifest.classes.length })}</p>
      </div>
      {state.photos.length > 1 ? (
        <BatchView manifest={manifest} inference={inference} batch={batch} state={state} />
      ) : (
        <AnswerView
          manifest={manifest}
          inference={inference}
          state={photo?.state}
          refused={noFile ? { kind: "noFile" } : undefined}
        >
          {(overlay) => (
            <PictureInput
              shown={usable && url !== undefined ? { url, name: photo.file.name } : undefined}
              caption={caption}
              onFiles={onFiles}
              mark={<TaskMark task={task} />}
              samples={namedSamples(task, manifest.classes, locale)}
              live={live}
              overlay={overlay}
            />
          )}
        </AnswerView>
      )}
      <ModelChoice releases={releases} chosen={manifest} onChoose={choose} />
      {newer !== undefined && <NewerModel current={manifest} release={newer} onUpdate={update} />}
      {reliability !== undefined && <Reliability bins={reliability} testedOn={n} kind="image" />}
    </div>
  );
}
