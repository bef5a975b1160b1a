"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type Microphone, MicrophoneError, type MicrophoneFault, openMicrophone } from "./microphone.ts";

/** What there is to know of the microphone. */
export interface MicrophoneState {
  readonly phase: "off" | "opening" | "on";
  /** Why it is off although somebody wanted it on. */
  readonly fault: MicrophoneFault | undefined;
  /** The browser holds the sound back until the page is touched. */
  readonly heldBack: boolean;
  /** It delivers nothing but zeros: muted by a key, a switch or the system. */
  readonly mute: boolean;
  /** Samples a second; undefined while it is off. */
  readonly rate: number | undefined;
}

/** Where the samples go. */
export interface Hearer {
  /** It is on, at so many samples a second. */
  onOpen?(rate: number): void;
  onSamples(samples: Float32Array<ArrayBuffer>): void;
}

export interface MicrophoneSwitch extends MicrophoneState {
  readonly open: (hearer: Hearer) => void;
  readonly close: () => void;
  /** Lets the sound flow where the browser holds it back. */
  readonly resume: () => void;
}

const off: MicrophoneState = {
  phase: "off",
  fault: undefined,
  heldBack: false,
  mute: false,
  rate: undefined,
};

/** After so many seconds of zeros a microphone counts as mute; a real one always hisses. */
const muteAfter = 3;

/** A microphone that is off at first, and off again when the component goes. */
export function useMicrophone(): MicrophoneSwitch {
  const [state, setState] = useState(off);
  const microphone = useRef<Microphone>(undefined);
  /** Which opening is the latest: what an earlier one brings is not wanted any more. */
  const turn = useRef(0);

  const close = useCallback(() => {
    turn.current++;
    microphone.current?.close();
    microphone.current = undefined;
    setState(off);
  }, []);

  const open = useCallback(
    (hearer: Hearer) => {
      close();
      const mine = turn.current;
      const change = (part: Partial<MicrophoneState>) =>
        mine === turn.current && setState((before) => ({ ...before, ...part }));
      let zeros = 0;
      change({ phase: "opening" });
      openMicrophone({
        onSamples(samples) {
          if (mine !== turn.current) return;
          const wasMute = isMute(zeros, microphone.current);
          zeros = samples.some((x) => x !== 0) ? 0 : zeros + samples.length;
          const mute = isMute(zeros, microphone.current);
          if (mute !== wasMute) change({ mute });
          hearer.onSamples(samples);
        },
        onStopped: () => change({ ...off, fault: "stopped" }),
        onHeldBack: (heldBack) => change({ heldBack }),
      }).then(
        (opened) => {
          if (mine !== turn.current) return opened.close();
          microphone.current = opened;
          hearer.onOpen?.(opened.rate);
          change({ phase: "on", rate: opened.rate });
        },
        (error) => change({ ...off, fault: error instanceof MicrophoneError ? error.fault : "unsupported" }),
      );
    },
    [close],
  );

  useEffect(() => close, [close]);
  const resume = useCallback(() => microphone.current?.resume(), []);
  return { ...state, open, close, resume };
}

const isMute = (zeros: number, microphone: Microphone | undefined): boolean =>
  microphone !== undefined && zeros > muteAfter * microphone.rate;
