"use client";

import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { type SoundManifest, wordsOf } from "../../../engine/release/manifest.ts";
import { takeOver } from "../../../lib/handover.ts";
import { useRelease } from "../../../lib/inference/use-release.ts";
import { useSound } from "../../../lib/inference/use-sound.ts";
import { remember } from "../../../lib/preferences.ts";
import type { Handed } from "../../../lib/sound/recordings.ts";
import { hasSoundEnding } from "../../../lib/sound/sound-name.ts";
import { useRecordings } from "../../../lib/sound/use-recordings.ts";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { usePictureSources } from "../../../lib/ui/use-picture-sources.ts";
import { ModelChoice } from "../model-choice.tsx";
import { NewerModel } from "../newer-model.tsx";
import { Reliability } from "../reliability.tsx";
import { FilesTable } from "./files-table.tsx";
import { ListenView } from "./listen-view.tsx";
import { type Mode, ModeTabs } from "./mode-tabs.tsx";
import { RecordView } from "./record-view.tsx";
import { SpeakView } from "./speak-view.tsx";

interface SoundViewProps {
  readonly task: string;
  /** One per variant, the first by default. */
  readonly releases: readonly SoundManifest[];
  /** The variant chosen at an earlier visit. */
  readonly preferredVariant: string | undefined;
}

/** A task that listens: one word or many recordings, a live microphone, or samples of words of one's own. */
export function SoundView({ task, releases, preferredVariant }: SoundViewProps) {
  const t = useTranslations("sound");
  const tTask = useTranslations("task");
  const { locale } = useChoices();
  const release = useRelease(releases, preferredVariant);
  const { manifest, newer, update } = release;
  const inference = useSound(manifest, release.settled);
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
  useEffect(() => {
    const files = takeOver();
    if (files.length > 0) onFiles(files);
  }, [onFiles]);

  // An older release that cannot be started, because its files here are damaged and the server has them no more.
  useEffect(() => {
    if (newer !== undefined && inference.model.phase === "failed") update();
  }, [newer, inference.model.phase, update]);

  function choose(newest: SoundManifest) {
    remember("variant", newest.variant);
    release.choose(newest);
  }

  const title = manifest.title[locale];
  const { reliability, n } = manifest.metrics;
  return (
    <div data-task={task} className="page">
      <title>{tTask("pageTitle", { title })}</title>
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        <p className="text-sm text-muted">{t("lead", { count: wordsOf(manifest).length })}</p>
      </div>
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
      <ModelChoice releases={releases} chosen={manifest} onChoose={choose} />
      {newer !== undefined && <NewerModel current={manifest} release={newer} onUpdate={update} />}
      {reliability !== undefined && <Reliability bins={reliability} testedOn={n} kind="sound" />}
    </div>
  );
}

const handed = (file: File): Handed => ({ name: file.name, source: file });
