import type { Photo, PhotoState } from "./batch.ts";

/** An answer with these probabilities. */
export const answered = (probabilities: readonly number[], known?: boolean): PhotoState => ({
  phase: "answered",
  answer: {
    probabilities: Float32Array.from(probabilities),
    maps: undefined,
    known,
    readMs: 5,
    networkMs: 10,
    width: 40,
    height: 30,
  },
});

/** The fate of an empty file. */
export const failed = (name: string): PhotoState => ({
  phase: "failed",
  problem: { kind: "picture", name, fault: { kind: "empty" } },
});

/** A photo of a batch; it waits, unless a state is given. */
export const photo = (key: number, name: string, state: PhotoState = { phase: "waiting" }): Photo => ({
  key,
  file: new File([], name),
  state,
  thumbnail: undefined,
});
