import type { Sound } from "../../engine/data/audio/sound.ts";
import type { SoundManifest } from "../../engine/release/manifest.ts";
import type { Slices } from "../sound/slices.ts";
import type { HeardWord } from "../sound/table.ts";
import type { ModelReport, ModelRequest, Problem } from "./protocol.ts";

/** What the page asks of the worker for sound. */
export type SoundRequest =
  | ModelRequest<SoundManifest>
  /** A WAV file, or sound that the page has decoded or recorded. */
  | {
      readonly kind: "recognise";
      readonly id: number;
      readonly recording: Blob | Sound;
      readonly name: string;
    }
  /** A microphone is on; it takes the place of the one before. */
  | { readonly kind: "listen"; readonly rate: number; readonly threshold: number }
  | { readonly kind: "samples"; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly kind: "threshold"; readonly threshold: number }
  | { readonly kind: "hush" };

/** What becomes of a recording. */
export type SoundVerdict =
  /** How much of a long recording is done, in [0, 1]. */
  | { readonly kind: "progress"; readonly id: number; readonly share: number }
  | { readonly kind: "outcome"; readonly id: number; readonly outcome: SoundOutcome };

/** What comes of listening. */
export type ListenReport =
  | { readonly kind: "slices"; readonly slices: Slices }
  | { readonly kind: "heard"; readonly heard: LiveStep };

/** What the worker tells the page. */
export type SoundReport = ModelReport | SoundVerdict | ListenReport;

/** One step of listening, about ten a second. */
export interface LiveStep {
  /** Decibels below full scale. */
  readonly level: number;
  readonly voice: boolean;
  readonly detection: LiveDetection | undefined;
}

/** A word that was heard while listening. */
export interface LiveDetection {
  /** The class's index. */
  readonly index: number;
  /** In [0, 1]. */
  readonly confidence: number;
  /** When the word ended, in s since listening began. */
  readonly at: number;
  /** From the word's end, as it came from the microphone, to this report, in ms. */
  readonly latencyMs: number;
}

export type SoundOutcome =
  | { readonly kind: "answer"; readonly answer: SoundAnswer }
  | { readonly kind: "problem"; readonly problem: Problem };

/** What a release says of a recording. */
export interface SoundAnswer {
  /** One per class, calibrated, sum 1; undefined for a long recording, in which words are looked for. */
  readonly probabilities: Float32Array | undefined;
  /** What was heard: the one word, if it is one, or every word of a long recording, in its order. */
  readonly words: readonly HeardWord[];
  readonly seconds: number;
  /** Samples a second of the recording. */
  readonly rate: number;
  /** Its beginning, to be drawn. */
  readonly slices: Slices;
  /** Decoding, resampling and drawing, in ms. */
  readonly readMs: number;
  /** Running the network, in ms. */
  readonly networkMs: number;
}
