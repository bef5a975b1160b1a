import type { PictureFault } from "../../engine/data/image/admission.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { WebDevice } from "../../engine/runtime/web.ts";

/** What the page asks of the worker. */
export type Request =
  | { readonly kind: "open"; readonly manifest: Manifest; readonly switches: DeviceSwitches }
  | { readonly kind: "classify"; readonly id: number; readonly picture: Blob; readonly name: string }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" };

/** What the worker tells the page. */
export type Report =
  | { readonly kind: "model"; readonly state: ModelState }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer }
  | { readonly kind: "problem"; readonly id: number; readonly problem: Problem }
  | { readonly kind: "sent"; readonly bytes: number };

/** For tests and the curious, from the page's address: `?device=` and `?threads=`. */
export interface DeviceSwitches {
  /** "wasm" leaves the graphics card alone; "webgpu-software" accepts one that is imitated by the processor. */
  readonly device?: "wasm" | "webgpu-software";
  readonly threads?: number;
}

/** Why the processor computes although there is a graphics card. */
export type Fallback = "wrong" | "failed" | "lost";

/** The way of a model from the server to its first answer. */
export type ModelState =
  | { readonly phase: "loading"; readonly received: number; readonly total: number }
  | { readonly phase: "paused"; readonly received: number; readonly total: number }
  /** The connection broke; it is tried again from where it stopped. */
  | { readonly phase: "interrupted"; readonly received: number; readonly total: number }
  /** Compiling the graph and checking it against the golden answers. */
  | { readonly phase: "preparing" }
  | {
      readonly phase: "ready";
      readonly device: WebDevice;
      readonly threads: number;
      readonly bytes: number;
      readonly fallback: Fallback | undefined;
    }
  | { readonly phase: "failed"; readonly problem: Problem };

export interface Answer {
  /** One per class, in the manifest's order, calibrated, sum 1. */
  readonly probabilities: Float32Array;
  /** Decoding and scaling the picture, in ms. */
  readonly readMs: number;
  /** Running the network, in ms. */
  readonly networkMs: number;
  /** The picture as it was decoded, upright. */
  readonly width: number;
  readonly height: number;
}

/** What can go wrong, as a record: the page has a sentence for each, in the reader's language. */
export type Problem =
  | { readonly kind: "picture"; readonly name: string; readonly fault: PictureFault }
  /** Bytes from the server don't match the manifest, or aren't there. */
  | { readonly kind: "badRelease" }
  /** Neither device gives the golden answers. */
  | { readonly kind: "wrongAnswers" }
  /** WASM doesn't start: an old browser, or no memory left. */
  | { readonly kind: "noDevice" }
  /** Opened by http from another machine, where browsers withhold hashing and storage. */
  | { readonly kind: "insecure" }
  | { readonly kind: "unexpected" };
