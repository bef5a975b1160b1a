"use client";

import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { wordsOf } from "../../../engine/release/kinds.ts";
import type { SoundManifest } from "../../../engine/release/manifest.ts";
import { openSoundClient } from "../../../lib/inference/sound-client.ts";
import type { Handed } from "../../../lib/sound/recordings.ts";
import { hasSoundEnding } from "../../../lib/sound/sound-name.ts";
import { useRecordings } from "../../../lib/sound/use-recordings.ts";
import { usePictureSources } from "../../../lib/ui/use-picture-sources.ts";
import { TaskFrame } from "../task-frame.tsx";
import { type TaskProps, useHandedOver, useTask } from "../use-task.ts";
import { FilesTable } from "./files-table.tsx";
import { ListenView } from "./listen-view.tsx";
import { type Mode, ModeTabs } from "./mode-tabs.tsx";
import { RecordView } from "./record-view.tsx";
import { SpeakView } from "./speak-view.tsx";

/** A task that listens: one word or many recordings, a live microphone, or samples of words of one's own. */
export function SoundView(props: TaskProps<SoundManifest>) {
  const { task, releases } = props;
  const t = useTranslations("sound");
  const { release, inference } = useTask(props, openSoundClient);
  const { manifest } = release;
  const { recordings, list } = useRecordings(inference.client?.recognise);
  const [mode, setMode] = useState<Mode>("speak");
  const [noFile, setNoFile] = useState(false);

  const onFiles = useCallback(
    (files: readonly File[]) => {
      setMode("speak");
      setNoFile(files.length === 0);
      if (files.length > 0) recordings.replace(files.map(handed));
    },
    [recordings],
  );
  const dragging = usePictureSources(onFiles, { fits: hasSoundEnding });
  useHandedOver(onFiles);

  return (
    <TaskFrame
      task={task}
      releases={releases}
      release={release}
      lead={t("lead", { count: wordsOf(manifest).length })}
    >
      <ModeTabs mode={mode} onChange={setMode} />
      {mode === "listen" ? (
        <ListenView key={manifest.version} manifest={manifest} inference={inference} />
      ) : mode === "record" ? (
        <RecordView task={task} />
      ) : list.length > 1 ? (
        <FilesTable
          manifest={manifest}
          recordings={list}
          onAdd={(files) => recordings.add(files.map(handed))}
          onStartOver={() => recordings.replace([])}
        />
      ) : (
        <SpeakView
          manifest={manifest}
          inference={inference}
          recording={list[0]}
          refused={noFile ? { kind: "noFile" } : undefined}
          dragging={dragging}
          onFiles={onFiles}
          onSpoken={(source) => {
            setNoFile(false);
            recordings.replace([{ name: t("own"), source }]);
          }}
        />
      )}
    </TaskFrame>
  );
}

const handed = (file: File): Handed => ({ name: file.name, source: file });
