import { expect, test, vi } from "vitest";
import type { Recognise } from "../inference/sound-client.ts";
import type { SoundOutcome } from "../inference/sound-protocol.ts";
import { Recordings } from "./recordings.ts";

const handed = (...names: string[]) =>
  names.map((name) => ({ name, source: { samples: new Float32Array(1), rate: 16_000 } }));
const problem: SoundOutcome = { kind: "problem", problem: { kind: "unexpected" } };
const phases = (recordings: Recordings) =>
  recordings.read().map(({ name, state }) => `${name} ${state.phase}`);

/** A model whose answers are given by hand. */
function byHand() {
  const asked: { name: string; signal: AbortSignal; answer: (outcome: SoundOutcome) => void }[] = [];
  const recognise: Recognise = (_, name, options) =>
    new Promise((answer, reject) => {
      const signal = options!.signal!;
      signal.addEventListener("abort", () => reject(signal.reason));
      asked.push({ name, signal, answer });
    });
  return { asked, recognise };
}

test("recordings are answered one after the other, and one that fails stops no other", async () => {
  const { asked, recognise } = byHand();
  const recordings = new Recordings();
  recordings.add(handed("a", "b"));
  expect(phases(recordings)).toEqual(["a waiting", "b waiting"]);
  recordings.answerBy(recognise);
  expect(phases(recordings)).toEqual(["a working", "b waiting"]);
  asked[0]!.answer(problem);
  await vi.waitFor(() => expect(phases(recordings)).toEqual(["a failed", "b working"]));
});

test("others take the place of what is in work, and another model begins anew", async () => {
  const { asked, recognise } = byHand();
  const recordings = new Recordings();
  recordings.answerBy(recognise);
  recordings.add(handed("a"));
  recordings.replace(handed("b", "c"));
  expect(asked[0]!.signal.aborted).toBe(true);
  asked[1]!.answer(problem);
  await vi.waitFor(() => expect(phases(recordings)).toEqual(["b failed", "c working"]));
  const second = byHand();
  recordings.answerBy(second.recognise);
  expect(phases(recordings)).toEqual(["b working", "c waiting"]);
  expect(second.asked.map(({ name }) => name)).toEqual(["b"]);
  recordings.answerBy(undefined);
  expect(phases(recordings)).toEqual(["b waiting", "c waiting"]);
});
