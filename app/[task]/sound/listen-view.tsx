"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { wordsOf } from "../../../engine/release/kinds.ts";
import type { SoundManifest } from "../../../engine/release/manifest.ts";
import type { SoundInference } from "../../../lib/inference/use-model.ts";
import { hearing } from "../../../lib/sound/hearing.ts";
import { atRest, goOn, obey, sceneWords } from "../../../lib/sound/scene.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { MicrophoneIcon } from "../../../lib/ui/icons.tsx";
import { PromiseLine } from "../../../lib/ui/promise-line.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { ModelProgress } from "../model-progress.tsx";
import { ProblemText } from "../problem-text.tsx";
import { CommandSwitch } from "./command-switch.tsx";
import { DetectionList } from "./detection-list.tsx";
import { MicrophoneNotice } from "./microphone-notice.tsx";
import { SceneView } from "./scene-view.tsx";
import { SoundFrame } from "./sound-frame.tsx";
import { ThresholdPanel } from "./threshold-panel.tsx";
import { useAppCommands } from "./use-app-commands.ts";
import { useListening } from "./use-listening.ts";
import { useWordNames } from "./use-word-names.ts";
import { VoiceLamp } from "./voice-lamp.tsx";
import { WordInvitation } from "./word-invitation.tsx";

interface ListenViewProps {
  readonly manifest: SoundManifest;
  readonly inference: SoundInference;
}

/** A boat that goes takes a place in so many ms. */
const stride = 700;

/** Listens for as long as one likes: every word as it is said, a scene that obeys it, and how sure it must be. */
export function ListenView({ manifest, inference }: ListenViewProps) {
  const t = useTranslations("sound");
  const tModel = useTranslations("model");
  const { share } = useQuantities();
  const name = useWordNames(manifest);
  const released = hearing(manifest).listening.threshold;
  const [threshold, setThreshold] = useState(released);
  const [scene, setScene] = useState(atRest);
  const [commanding, setCommanding] = useState(false);
  const stopListening = useRef<() => void>(undefined);
  const command = useAppCommands(() => stopListening.current?.());
  const { client, model, pause, resume } = inference;

  const { microphone, history, step, detections, start, stop, clear } = useListening({
    client,
    threshold,
    nameOf: name,
    onDetection({ index }) {
      const word = manifest.classes[index]!.id;
      setScene((before) => obey(before, word));
      if (commanding) command(word);
    },
  });
  stopListening.current = stop;
  const on = microphone.phase !== "off";
  const shown = on || (history?.received ?? 0) > 0 ? history : undefined;
  const [latest] = detections;
  const hasScene = manifest.classes.some(({ id }) => sceneWords.includes(id));

  useEffect(() => {
    if (!scene.going) return;
    const timer = setInterval(() => setScene(goOn), stride);
    return () => clearInterval(timer);
  }, [scene.going]);

  return (
    <div className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:grid-rows-[auto_1fr]">
      <section aria-label={t("frame")}>
        <SoundFrame history={shown} running={on} label={t("pictureOf")}>
          {shown === undefined && (
            <WordInvitation
              manifest={manifest}
              words={wordsOf(manifest)}
              lead={t("inviteLive")}
              hint={undefined}
            />
          )}
        </SoundFrame>
        <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
          <Button look="primary" disabled={client === undefined} onClick={on ? stop : start}>
            <MicrophoneIcon />
            {t(on ? "live.stop" : "live.start")}
          </Button>
          <VoiceLamp step={step} phase={microphone.phase} />
        </div>
        <MicrophoneNotice microphone={microphone} />
        <div className="mt-4">
          <PromiseLine />
        </div>
      </section>
      <section aria-label={t("live.detections")} className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <div className="flex min-h-20 flex-col justify-end">
          {model.phase === "failed" ? (
            <ProblemText problem={model.problem} />
          ) : model.phase !== "ready" ? (
            <ModelProgress model={model} kind="sound" waiting={false} onPause={pause} onResume={resume} />
          ) : (
            <h2
              data-testid="heard"
              className={`figures font-semibold wrap-break-word ${latest ? "text-2xl sm:text-3xl" : "text-xl text-muted"}`}
            >
              {latest
                ? t("live.heard", { name: name(latest.index), share: share(latest.confidence) })
                : on
                  ? t("live.listening")
                  : tModel("ready.sound")}
            </h2>
          )}
          <p role="status" className="sr-only">
            {latest && t("live.announce", { name: name(latest.index) })}
          </p>
        </div>
        {hasScene && <SceneView scene={scene} />}
        <DetectionList manifest={manifest} detections={detections} onClear={clear} />
      </section>
      <section aria-label={t("settings")}>
        <ThresholdPanel
          threshold={threshold}
          released={released}
          curve={manifest.listening.curve}
          onChange={setThreshold}
        />
        <CommandSwitch manifest={manifest} on={commanding} onChange={setCommanding} />
      </section>
    </div>
  );
}
