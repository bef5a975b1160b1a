import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Ask, AskOptions } from "../inference/client.ts";
import type { Outcome } from "../inference/protocol.ts";
import { Batch } from "./batch.ts";
import { answered, failed } from "./photo.fixture.ts";

/** Somebody to ask who answers when told to, by the file's name. */
function oracle() {
  const open = new Map<string, (outcome: Outcome) => void>();
  const asked: string[] = [];
  const options: AskOptions[] = [];
  let most = 0;
  const ask: Ask = (_, name, given = {}) => {
    asked.push(name);
    options.push(given);
    return new Promise((resolve, reject) => {
      open.set(name, resolve);
      most = Math.max(most, open.size);
      given.signal?.addEventListener("abort", () => {
        open.delete(name);
        reject(given.signal?.reason);
      });
    });
  };
  async function tell(name: string, outcome: Outcome): Promise<void> {
    open.get(name)!(outcome);
    open.delete(name);
    await setImmediate();
  }
  return {
    ask,
    asked,
    options,
    open,
    most: () => most,
    answer: (name: string, probabilities: readonly number[] = [0.25, 0.75]) => {
      const state = answered(probabilities);
      return tell(name, { kind: "answer", answer: state.phase === "answered" ? state.answer : never() });
    },
    fail: (name: string) => {
      const state = failed(name);
      return tell(name, { kind: "problem", problem: state.phase === "failed" ? state.problem : never() });
    },
  };
}

function never(): never {
  throw new Error("unreachable");
}

const files = (...names: string[]) => names.map((name) => new File([name], name));
const phases = (batch: Batch) => batch.read().photos.map(({ state }) => state.phase);

test("every photo gets its outcome, two at a time, and a bad one stops no other", async () => {
  const batch = new Batch();
  const model = oracle();
  batch.answerBy(model.ask);
  const names = Array.from({ length: 30 }, (_, i) => `${i}.jpg`);
  batch.replace(files(...names));
  for (const name of names)
    await (Number.parseInt(name, 10) % 7 === 3 ? model.fail(name) : model.answer(name));
  expect(model.asked).toEqual(names);
  expect(model.most()).toBe(2);
  expect(phases(batch)).toEqual(names.map((_, i) => (i % 7 === 3 ? "failed" : "answered")));
});

test("photos wait for a model, and another model answers all of them anew", async () => {
  const batch = new Batch();
  batch.replace(files("a", "b", "c"));
  expect(phases(batch)).toEqual(["waiting", "waiting", "waiting"]);
  const first = oracle();
  batch.answerBy(first.ask);
  expect(phases(batch)).toEqual(["working", "working", "waiting"]);
  await first.answer("a");
  const second = oracle();
  batch.answerBy(second.ask);
  expect([...first.open.keys()]).toEqual([]); // nobody waits there any more
  expect(phases(batch)).toEqual(["working", "working", "waiting"]);
  for (const name of ["a", "b", "c"]) await second.answer(name);
  expect(phases(batch)).toEqual(["answered", "answered", "answered"]);
});

test("stopped work goes on where it was", async () => {
  const batch = new Batch();
  const model = oracle();
  batch.answerBy(model.ask);
  batch.replace(files("a", "b", "c", "d"));
  await model.answer("a");
  batch.stop();
  expect(batch.read().stopped).toBe(true);
  expect(phases(batch)).toEqual(["answered", "waiting", "waiting", "waiting"]);
  expect([...model.open.keys()]).toEqual([]);
  batch.goOn();
  for (const name of ["b", "c", "d"]) await model.answer(name);
  expect(phases(batch)).toEqual(["answered", "answered", "answered", "answered"]);
});

test("only those that failed are tried again", async () => {
  const batch = new Batch();
  const model = oracle();
  batch.answerBy(model.ask);
  batch.replace(files("a", "b"));
  await model.fail("a");
  await model.answer("b");
  batch.retryFailed();
  await model.answer("a");
  expect(model.asked).toEqual(["a", "b", "a"]);
  expect(phases(batch)).toEqual(["answered", "answered"]);
});

test("the photo that is looked at comes first", async () => {
  const batch = new Batch();
  const model = oracle();
  batch.replace(files("a", "b", "c", "d"));
  batch.prefer(batch.read().photos[3]!.key);
  batch.answerBy(model.ask);
  await model.answer("d");
  expect(model.asked.slice(0, 2)).toEqual(["d", "a"]);
});

test("a photo that takes the place of another gets the answer, not its predecessor's", async () => {
  const batch = new Batch();
  const model = oracle();
  batch.answerBy(model.ask);
  batch.replace(files("early"));
  batch.replace(files("late"));
  expect([...model.open.keys()]).toEqual(["late"]);
  await model.answer("late");
  expect(batch.read().photos.map(({ file }) => file.name)).toEqual(["late"]);
  expect(phases(batch)).toEqual(["answered"]);
});

test("thumbnails are made where there are several photos, and survive another model", async () => {
  const batch = new Batch();
  const model = oracle();
  batch.answerBy(model.ask);
  batch.replace(files("alone"));
  expect(model.options.at(-1)?.thumbnail).toBe(false);
  batch.replace(files("a", "b"));
  expect(model.options.at(-1)?.thumbnail).toBe(true);
});
