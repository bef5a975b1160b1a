import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scanImageFolder } from "../data/folder.ts";
import { type Splits, trainingSplits } from "../data/split.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { writeSafetensors } from "../weights/safetensors.ts";
import { loadCheckpoint } from "./checkpoint.ts";
import type { PictureConfig } from "./pictureConfig.ts";
import type { PictureOptions } from "./pictureCurriculum.ts";
import type { TrainingEvent } from "./run.ts";
import { newWeights, SHAPES, tinyConfig, writeShapes } from "./shapes.fixture.ts";
import { trainPictures } from "./trainPictures.ts";
import { belongsTo, type Weights } from "./weights.ts";

const root = mkdtempSync(join(tmpdir(), "nacre-train-"));
const runtime = nodeRuntime({ threads: 1, spinning: false });
const weights = newWeights("mobilenetv2");
let splits: Splits;

beforeAll(async () => {
  await writeShapes(join(root, "data"), 16);
  splits = trainingSplits(await scanImageFolder(join(root, "data")), new Rng(1));
});
afterAll(() => rmSync(root, { recursive: true }));

/** What a run tells, up to and with its error. */
interface Told {
  readonly events: readonly TrainingEvent[];
  readonly weights?: Weights;
  readonly error?: unknown;
}

/** Trains in a folder of its own; `stopAt` stops it when it tells that. */
async function run(
  name: string,
  changes: Partial<PictureConfig> = {},
  options: Partial<PictureOptions> = {},
  stopAt?: (event: TrainingEvent) => boolean,
): Promise<Told> {
  const stop = new AbortController();
  const events: TrainingEvent[] = [];
  try {
    const { weights: trained } = await trainPictures({
      config: { ...tinyConfig, ...changes },
      train: splits.train,
      val: splits.val,
      classes: SHAPES.length,
      fit: "squeeze",
      fingerprint: "these",
      weights: async () => weights,
      directory: join(root, name),
      runtime,
      workers: 1,
      cacheBytes: 1e6,
      signal: stop.signal,
      report(event) {
        events.push(event);
        if (stopAt?.(event)) stop.abort();
      },
      ...options,
    });
    return { events, weights: trained };
  } catch (error) {
    return { events, error };
  }
}

const has = (type: TrainingEvent["type"]) => (event: TrainingEvent) => event.type === type;
/** Weights as bytes: compared number by number they would take a minute. */
const bytes = (tensors?: Weights) => Buffer.from(writeSafetensors(tensors!));
const isSame = (a: Weights, b: Weights, name: string) =>
  Buffer.from(a.get(name)!.data.buffer).equals(Buffer.from(b.get(name)!.data.buffer));
const newest = (name: string) => {
  const files = readdirSync(join(root, name)).filter((file) => file.startsWith("checkpoint-"));
  return readFileSync(join(root, name, files.sort().at(-1)!));
};

test("stopped in an epoch, while val is measured and between epochs, it gives the same weights bit for bit", async () => {
  const whole = await run("whole");
  expect(whole.events.filter(has("epoch"))).toHaveLength(2);
  const moments = [has("steps"), has("val"), has("epoch"), has("steps")];
  for (const moment of moments) {
    const { error } = await run("stopped", {}, { checkpointEvery: 0 }, moment);
    expect(error).toMatchObject({ code: "interrupted", message: expect.stringContaining("stopped") });
  }
  const unasked = async () => expect.fail("a checkpoint is complete: no weights are needed");
  const rest = await run("stopped", {}, { weights: unasked });
  expect(rest.events[0]).toMatchObject({ type: "resume" });
  expect(bytes(rest.weights).equals(bytes(whole.weights))).toBe(true);
  expect(newest("stopped").equals(newest("whole"))).toBe(true);
});

test("a run that is over is not trained again", async () => {
  const { events, weights: trained } = await run("whole");
  expect(events.map(({ type }) => type)).toEqual(["resume"]);
  expect(bytes(trained).equals(readFileSync(join(root, "whole/best.safetensors")))).toBe(true);
});

test("it goes on only with its own pictures and configuration", async () => {
  expect((await run("whole", {}, { fingerprint: "others" })).error).toMatchObject({
    code: "input",
    message: expect.stringContaining("The data have changed"),
  });
  expect((await run("whole", { l2: 1 })).error).toMatchObject({
    code: "usage",
    message: expect.stringContaining("has another l2"),
  });
});

test("a loss that is no number is an error, and the last good checkpoint stays", async () => {
  const { error } = await run("diverging", { schedule: { name: "constant", rate: 1e30 } });
  expect(error).toMatchObject({ code: "diverged", message: expect.stringContaining("lower learning rate") });
  const saved = await loadCheckpoint(join(root, "diverging"));
  expect(saved?.cursor.batch).toBe(0);
  expect(isSame(saved!.state, weights, "features.0.0.weight")).toBe(true);
});

test("training ends when val no longer gets better", async () => {
  const { events } = await run("patient", {
    sizes: [{ epochs: 9, size: 32 }],
    schedule: { name: "constant", rate: 1e-30 },
    patience: 1,
  });
  expect(events.at(-1)).toEqual({ type: "patience", epochs: 1 });
  expect(events.filter(has("epoch"))).toHaveLength(2);
});

test("frozen parts stay as they are, and only they", async () => {
  const freeze = ["features.0", "features.1"];
  const changes = { freeze, statistics: "frozen", sizes: [{ epochs: 1, size: 32 }] } as const;
  const { weights: trained } = await run("frozen", changes);
  for (const name of weights.keys()) {
    const isFixed = freeze.some((part) => belongsTo(part, name)) || name.includes("running");
    // With new weights, what stands before a ReLU6 may happen to get no gradient.
    const isSureToLearn =
      /^(features\.1\d\.conv\..*|classifier\.1)\.weight$/.test(name) && weights.get(name)!.dims.length > 1;
    if (isFixed || isSureToLearn) expect(isSame(trained!, weights, name), name).toBe(isFixed);
  }
});

test.each([
  [["features.19"], 'mobilenetv2 has no part "features.19" to freeze. It has features.0, features.1'],
  [["features", "classifier"], "With all parts frozen there is nothing to train."],
])("freezing %j is refused", async (freeze, message) => {
  const { error } = await run("refused", { freeze });
  expect(error).toMatchObject({ code: "usage", message: expect.stringContaining(message) });
});

test("with a frozen backbone the head is trained, on features that are computed once", async () => {
  const first = await run("head", { freeze: ["backbone"] });
  expect(first.events.filter(has("features")).at(-1)).toMatchObject({ done: 45, of: 45 });
  expect(first.events.at(-1)).toMatchObject({ type: "head", epochs: 20 });
  const name = "features.18.0.weight";
  expect(isSame(first.weights!, weights, name)).toBe(true);
  expect(isSame(first.weights!, weights, "classifier.1.weight")).toBe(false);

  const second = await run("head", { freeze: ["backbone"] });
  expect(second.events.map(({ type }) => type)).toEqual(["head"]);
  expect(bytes(second.weights).equals(bytes(first.weights))).toBe(true);
  const other = await run("head", { freeze: ["backbone"] }, { fingerprint: "others" }, has("features"));
  expect(other.error).toMatchObject({ code: "interrupted" });
});
