import type { SoundFault } from "../../engine/data/audio/admission.ts";
import type { PictureFault } from "../../engine/data/image/admission.ts";
import type { Manifest, PictureManifest } from "../../engine/release/manifest.ts";
import type { WebDevice } from "../../engine/runtime/web.ts";
import type { ClassMaps } from "../class-map/class-maps.ts";
import type { Refusal } from "./store.ts";

/** What every worker that holds a release is told, beside questions. */
export type ModelRequest<Kind extends Manifest> =
  | { readonly kind: "open"; readonly manifest: Kind; readonly switches: DeviceSwitches }
  /** Nobody waits for the answer to this question any more. */
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" };

/** What every such worker tells the page beside its answers. */
export type ModelReport =
  | { readonly kind: "model"; readonly state: ModelState }
  | { readonly kind: "sent"; readonly bytes: number };

/** What a picture shows is asked of the worker. */
export interface Question {
  readonly kind: "classify";
  readonly id: number;
  /** A file, or a camera's frame, which is handed over. */
  readonly picture: Blob | ImageBitmap;
  readonly name: string;
  readonly thumbnail: boolean;
}

/** What became of the picture with this id: one for each, unless it was cancelled or there is no model. */
export interface Verdict {
  readonly kind: "outcome";
  readonly id: number;
  readonly outcome: Outcome;
}

/** What the page asks of the worker. */
export type Request = ModelRequest<PictureManifest> | Question;

/** What the worker tells the page. */
export type Report = ModelReport | Verdict;

/** How a release is run. For tests and the curious, from the page's address: `?device=` and `?threads=`. */
export interface DeviceSwitches {
  /** Leaves what this browser keeps as it is: a release that is not kept is downloaded for now only. */
  readonly passing?: true;
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
      /** Why the model has to be downloaded again at the next visit. */
      readonly unkept: Refusal | undefined;
    }
  | { readonly phase: "failed"; readonly problem: Problem };

export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "problem"; readonly problem: Problem };

/** What a release says of a picture. */
export interface Opinion {
  /** One per class, in the manifest's order, calibrated, sum 1. */
  readonly probabilities: Float32Array;
  /** Undefined where the release's graph gives none. */
  readonly maps: ClassMaps | undefined;
  /** Whether it shows one of the classes at all; undefined where the release cannot tell. */
  readonly known: boolean | undefined;
}

export interface Answer extends Opinion {
  /** Decoding and scaling the picture, in ms. */
  readonly readMs: number;
  /** Running the network, in ms. */
  readonly networkMs: number;
  /** The picture as it was decoded, upright. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG of it, if that was asked for. */
  readonly thumbnail?: Blob;
}

/** What can go wrong, as a record: the page has a sentence for each, in the reader's language. */
export type Problem =
  | { readonly kind: "picture"; readonly name: string; readonly fault: PictureFault }
  | { readonly kind: "sound"; readonly name: string; readonly fault: SoundFault }
  /** A compressed recording beyond `limit` bytes. */
  | { readonly kind: "largeRecording"; readonly name: string; readonly limit: number }
  /** The file was moved, changed or deleted since it was handed in. */
  | { readonly kind: "gone"; readonly name: string }
  /** Bytes from the server don't match the manifest, or aren't there. */
  | { readonly kind: "badRelease" }
  /** Neither device gives the golden answers. */
  | { readonly kind: "wrongAnswers" }
  /** No WebAssembly SIMD. */
  | { readonly kind: "oldBrowser" }
  /** WASM doesn't start: most often, no memory is left. */
  | { readonly kind: "noDevice" }
  /** Opened by http from another machine, where browsers withhold hashing and storage. */
  | { readonly kind: "insecure" }
  | { readonly kind: "unexpected" };
