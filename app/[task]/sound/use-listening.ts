"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Listening, SoundClient } from "../../../lib/inference/sound-client.ts";
import type { LiveDetection, LiveStep } from "../../../lib/inference/sound-protocol.ts";
import { ScopeHistory, sliceAt } from "../../../lib/sound/scope.ts";
import { type MicrophoneSwitch, useMicrophone } from "../../../lib/sound/use-microphone.ts";

/** Seconds of sound that the picture holds. */
const pictured = 5;

export interface LiveListening {
  readonly microphone: MicrophoneSwitch;
  readonly history: ScopeHistory | undefined;
  /** The last step; undefined before the first. */
  readonly step: LiveStep | undefined;
  /** All words since listening began for the first time, the latest first. */
  readonly detections: readonly LiveDetection[];
  readonly start: () => void;
  readonly stop: () => void;
  readonly clear: () => void;
}

interface ListeningOptions {
  /** Undefined until there is one; another one when another model is chosen. */
  readonly client: SoundClient | undefined;
  readonly threshold: number;
  readonly nameOf: (index: number) => string;
  readonly onDetection: (detection: LiveDetection) => void;
}

/** A microphone that a model listens to, from `start` to `stop`. */
export function useListening({ client, threshold, nameOf, onDetection }: ListeningOptions): LiveListening {
  const microphone = useMicrophone();
  const { open, close } = microphone;
  const [history, setHistory] = useState<ScopeHistory>();
  const [step, setStep] = useState<LiveStep>();
  const [detections, setDetections] = useState<readonly LiveDetection[]>([]);
  const listening = useRef<Listening>(undefined);
  const latest = useRef({ nameOf, onDetection, threshold });
  useEffect(() => {
    latest.current = { nameOf, onDetection, threshold };
    listening.current?.setThreshold(threshold);
  });

  const stop = useCallback(() => {
    close();
    listening.current?.end();
    listening.current = undefined;
    setStep(undefined);
  }, [close]);

  const start = useCallback(() => {
    if (client === undefined) return;
    const picture = new ScopeHistory(sliceAt(pictured));
    setHistory(picture);
    open({
      onOpen(rate) {
        listening.current = client.listen(rate, latest.current.threshold, {
          onSlices: (slices) => picture.add(slices),
          onStep(heard) {
            setStep(heard);
            const { detection } = heard;
            if (detection === undefined) return;
            picture.mark({ slice: sliceAt(detection.at), text: latest.current.nameOf(detection.index) });
            setDetections((before) => [detection, ...before]);
            latest.current.onDetection(detection);
          },
        });
      },
      onSamples: (samples) => listening.current?.push(samples),
    });
  }, [client, open]);

  // Another model cannot go on with what this one has heard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the other client that matters.
  useEffect(() => stop, [client, stop]);

  const clear = useCallback(() => setDetections([]), []);
  return { microphone, history, step, detections, start, stop, clear };
}
