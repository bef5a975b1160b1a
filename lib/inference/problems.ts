import { SoundError } from "../../engine/data/audio/admission.ts";
import { PictureError } from "../../engine/data/image/admission.ts";
import { NacreError } from "../../engine/errors.ts";
import { LargeRecording, mostCompressedBytes } from "../sound/decode-by-browser.ts";
import { WrongAnswers } from "./classifier.ts";
import type { Problem } from "./protocol.ts";

/** The page came by http from another machine: browsers then withhold hashing, storage and threads. */
export class InsecureContext extends NacreError {
  constructor() {
    super(
      "unsupported",
      "This page was opened without https. Open it by https, or on the machine it runs on.",
    );
  }
}

/** WebAssembly without SIMD, or none: the runtime needs it on every device. */
export class OldBrowser extends NacreError {
  constructor() {
    super("unsupported", "This browser has no WebAssembly SIMD. Update it, or use another.");
  }
}

/** Why no model is ready, as a record that the page can put into words. */
export function modelProblem(error: unknown): Problem {
  if (error instanceof InsecureContext) return { kind: "insecure" };
  if (error instanceof OldBrowser) return { kind: "oldBrowser" };
  if (error instanceof WrongAnswers) return { kind: "wrongAnswers" };
  if (error instanceof NacreError && error.code === "weights") return { kind: "badRelease" };
  if (error instanceof NacreError && error.code === "unsupported") return { kind: "noDevice" };
  return { kind: "unexpected" };
}

/** Why a picture got no answer. */
export function pictureProblem(error: unknown, name: string): Problem {
  if (error instanceof PictureError) return { kind: "picture", name, fault: error.fault };
  return fileProblem(error, name);
}

/** Why a recording got no answer. */
export function soundProblem(error: unknown, name: string): Problem {
  if (error instanceof SoundError) return { kind: "sound", name, fault: error.fault };
  if (error instanceof LargeRecording) return { kind: "largeRecording", name, limit: mostCompressedBytes };
  return fileProblem(error, name);
}

function fileProblem(error: unknown, name: string): Problem {
  // File API, W3C, §8.4.1: how reading a file's bytes fails.
  const fileError = error instanceof DOMException && /^Not(Found|Readable)Error$/.test(error.name);
  return fileError ? { kind: "gone", name } : { kind: "unexpected" };
}
