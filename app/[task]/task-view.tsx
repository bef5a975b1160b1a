"use client";

import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../engine/release/manifest.ts";
import { useBatch } from "../../lib/batch/use-batch.ts";
import { openInference } from "../../lib/inference/client.ts";
import { PictureInput } from "../../lib/ui/picture-input.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useObjectUrl } from "../../lib/ui/use-object-url.ts";
import { namedSamples } from "../samples.ts";
import { TaskMark } from "../task-mark.tsx";
import { AnswerView } from "./answer-view.tsx";
import { BatchView } from "./batch/batch-view.tsx";
import { TaskFrame } from "./task-frame.tsx";
import { useCaption } from "./use-caption.ts";
import { useLiveAnswers } from "./use-live-answers.ts";
import { type TaskProps, useHandedOver, useTask } from "./use-task.ts";

/** One picture with its answer, or a grid of many; below, the models to choose from. */
export function TaskView(props: TaskProps<PictureManifest>) {
  const { task, releases } = props;
  const t = useTranslations("task");
  const { locale } = useChoices();
  const { release, inference } = useTask(props, openInference);
  const { manifest } = release;
  const live = useLiveAnswers(manifest, inference);
  const { batch, state } = useBatch(inference.client?.ask);
  const [noFile, setNoFile] = useState(false);

  const onFiles = useCallback(
    (files: readonly File[]) => {
      setNoFile(files.length === 0);
      if (files.length > 0) batch.replace(files);
    },
    [batch],
  );
  useHandedOver(onFiles);

  const [photo] = state.photos;
  const url = useObjectUrl(photo?.file);
  const caption = useCaption(photo);
  const usable = photo !== undefined && photo.state.phase !== "failed" && !noFile;
  return (
    <TaskFrame
      task={task}
      releases={releases}
      release={release}
      lead={t("lead", { count: manifest.classes.length })}
    >
      {state.photos.length > 1 ? (
        <BatchView manifest={manifest} inference={inference} batch={batch} state={state} />
      ) : (
        <AnswerView
          manifest={manifest}
          inference={inference}
          photo={photo}
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
    </TaskFrame>
  );
}
