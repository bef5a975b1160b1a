"use client";

import { useCallback, useRef, useState } from "react";
import { RATE, Resampler } from "../../engine/data/audio/resample.ts";
import type { Sound } from "../../engine/data/audio/sound.ts";
import { ScopeHistory, sliceAt } from "./scope.ts";
import { Slicer } from "./slices.ts";
import { type MicrophoneSwitch, useMicrophone } from "./use-microphone.ts";

/** Records for a moment at a time. */
export interface Recorder {
  readonly microphone: MicrophoneSwitch;
  /** What is being recorded, or was recorded last; undefined before the first. */
  readonly history: ScopeHistory | undefined;
  /** Switches the microphone on and records for `seconds`, and on while it is held. */
  readonly start: (seconds: number, held: boolean) => void;
  /** It is not held any more. */
  readonly release: () => void;
}

/** Nobody holds a button for longer than this, in s, to say one word. */
const longest = 5;

/** A microphone that is on only while something is recorded. `onSound` gets what was recorded, at 16 kHz. */
export function useRecorder(onSound: (sound: Sound) => void): Recorder {
  const microphone = useMicrophone();
  const { open, close } = microphone;
  const [history, setHistory] = useState<ScopeHistory>();
  const held = useRef(false);
  const done = useRef(onSound);
  done.current = onSound;

  const start = useCallback(
    (seconds: number, isHeld: boolean) => {
      held.current = isHeld;
      const picture = new ScopeHistory(sliceAt(longest));
      const slicer = new Slicer();
      const parts: Float32Array[] = [];
      let resampler: Resampler | undefined;
      let recorded = 0;
      setHistory(picture);
      open({
        onOpen(rate) {
          resampler = rate === RATE ? undefined : new Resampler(rate, RATE);
        },
        onSamples(samples) {
          const sound = resampler?.push(samples) ?? samples;
          parts.push(sound);
          recorded += sound.length / RATE;
          picture.add(slicer.push(sound));
          if (recorded < seconds || (held.current && recorded < longest)) return;
          close();
          done.current({ samples: joined(parts), rate: RATE });
        },
      });
    },
    [open, close],
  );
  const release = useCallback(() => {
    held.current = false;
  }, []);
  return { microphone, history, start, release };
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
