"use client";

import { useMemo, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Sound } from "../../../engine/data/audio/sound.ts";
import { wordsOf } from "../../../engine/release/kinds.ts";
import type { SoundManifest } from "../../../engine/release/manifest.ts";
import type { SoundInference } from "../../../lib/inference/use-model.ts";
import { hearing } from "../../../lib/sound/hearing.ts";
import { loudestStretch } from "../../../lib/sound/loudest.ts";
import type { Recording } from "../../../lib/sound/recordings.ts";
import { ScopeHistory } from "../../../lib/sound/scope.ts";
import { soundTypes } from "../../../lib/sound/sound-name.ts";
import { useRecorder } from "../../../lib/sound/use-recorder.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { FileChooser } from "../../../lib/ui/file-chooser.tsx";
import { PromiseLine } from "../../../lib/ui/promise-line.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import type { Fault } from "../problem-text.tsx";
import { MicrophoneNotice } from "./microphone-notice.tsx";
import { SoundAnswer } from "./sound-answer.tsx";
import { SoundFrame } from "./sound-frame.tsx";
import { TalkButton } from "./talk-button.tsx";
import { WordInvitation } from "./word-invitation.tsx";

interface SpeakViewProps {
  readonly manifest: SoundManifest;
  readonly inference: SoundInference;
  /** The recording that is shown; undefined where there is none. */
  readonly recording: Recording | undefined;
  readonly refused: Fault | undefined;
  readonly dragging: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  /** A word was spoken into the microphone. */
  readonly onSpoken: (sound: Sound) => void;
}

/** Recorded for at least so long, in s: a word of a second and what it takes to begin. */
const shortest = 1.6;

/** One word: spoken or from a file, with its answer. */
export function SpeakView(props: SpeakViewProps) {
  const { manifest, inference, recording, refused, dragging, onFiles, onSpoken } = props;
  const t = useTranslations("sound");
  const input = useRef<HTMLInputElement>(null);
  const { samples } = hearing(manifest);
  const { microphone, history, start, release } = useRecorder((sound) => {
    const begin = loudestStretch(sound.samples, samples);
    onSpoken({ ...sound, samples: sound.samples.slice(begin, begin + samples) });
  });
  const recorded = useMemo(() => historyOf(recording), [recording]);
  const busy = microphone.phase !== "off";
  const shown = busy ? history : recorded;
  const caption = useCaption(recording);
  return (
    <div className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <section aria-label={t("frame")}>
        <SoundFrame history={shown} running={busy} label={t("pictureOf")} dragging={dragging}>
          {(shown === undefined || dragging) && (
            <WordInvitation
              manifest={manifest}
              words={wordsOf(manifest)}
              lead={dragging ? t("release") : t("invite")}
              hint={dragging ? undefined : t("dropHere")}
            />
          )}
        </SoundFrame>
        <p role="status" className="mt-2 h-[1lh] truncate text-sm text-muted">
          {microphone.phase === "opening"
            ? t("opening")
            : microphone.phase === "on"
              ? t("recording")
              : (caption ?? t("formats"))}
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
          <TalkButton busy={busy} onStart={(held) => start(shortest, held)} onRelease={release}>
            {microphone.phase === "on" ? t("recording") : t("speak")}
          </TalkButton>
          <Button onClick={() => input.current?.click()}>{t("choose")}</Button>
        </div>
        <FileChooser ref={input} multiple accept={soundTypes} onFiles={onFiles} />
        <MicrophoneNotice microphone={microphone} />
        <div className="mt-4">
          <PromiseLine />
        </div>
      </section>
      <SoundAnswer
        manifest={manifest}
        inference={inference}
        recording={busy ? undefined : recording}
        refused={busy ? undefined : refused}
      />
    </div>
  );
}

/** The recording's picture, once it was read; a short one fills the frame. */
function historyOf(recording: Recording | undefined): ScopeHistory | undefined {
  if (recording?.state.phase !== "answered") return undefined;
  const { slices } = recording.state.answer;
  const history = new ScopeHistory(Math.max(1, slices.count));
  history.add(slices);
  return history;
}

/** A recording's name, length and rate, once it was read. */
function useCaption(recording: Recording | undefined): string | undefined {
  const t = useTranslations("sound");
  const format = useFormatter();
  const { duration } = useQuantities();
  if (recording?.state.phase !== "answered") return undefined;
  const { seconds, rate } = recording.state.answer;
  return t("caption", {
    name: recording.name,
    length: duration(1000 * seconds),
    rate: format.number(rate / 1000, { maximumFractionDigits: 1 }),
  });
}
