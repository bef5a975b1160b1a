import { expect, test } from "vitest";
import { withGrams } from "../data/text/grams.ts";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { contributionsModel } from "../release/contributions.ts";
import { quantiseWeights } from "../release/quantise-weights.ts";
import { shareWeights } from "../release/shareWeights.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { Tensor } from "../runtime/runtime.ts";
import { networkModel } from "../train/networkModel.ts";
import { type DenseTensor, initialWeights } from "../train/weights.ts";
import { CONTRIBUTIONS, DIRECTION, TOKENS, textClassifier } from "./textClassifier.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });
const grams = { longest: 3, buckets: 64 };
const options = { vocabulary: 20, classes: 3, embedding: 6, hidden: 5, layers: 2, dropout: 0.5, grams };
const layer = textClassifier(options);

const { slots } = build(layer, ["N", "T", 3], { training: false, statistics: "frozen" }, TOKENS, "int64");
const rng = new Rng(3);
const weights = new Map<string, DenseTensor>(
  [...initialWeights(slots.values(), rng)].map(([name, tensor]) => [
    name,
    // What begins at zero says something, too.
    name.startsWith("wide") ? { ...tensor, data: tensor.data.map(() => rng.uniform(-1, 1)) } : tensor,
  ]),
);

/** Texts, filled up to `steps`. */
function rowsOf(texts: readonly (readonly number[])[], steps: number): Tensor {
  const data = new BigInt64Array(texts.length * steps * 3);
  for (const [n, text] of texts.entries())
    for (const [i, id] of withGrams(text, grams).entries()) data[n * steps * 3 + i] = BigInt(id);
  return { type: "int64", dims: [texts.length, steps, 3], data };
}

const TEXTS = [[5, 6, 7, 5, 6], [9], [4, 4, 4]];
const model = networkModel(layer, weights, ["T", 3], { input: TOKENS, output: "logits" }, "int64");

test("what fills up changes no answer, and the order of the pieces does", async () => {
  const session = await runtime.load(encodeModel(model));
  const logitsOf = async (texts: number[][], steps: number) =>
    Array.from((await session.run({ [TOKENS]: rowsOf(texts, steps) })).logits!.data as Float32Array);
  const together = await logitsOf(TEXTS, 9);
  const alone = (await Promise.all(TEXTS.map((text) => logitsOf([text], text.length)))).flat();
  for (const [i, logit] of together.entries()) expect(logit).toBeCloseTo(alone[i]!, 5);
  expect(await logitsOf([[5, 6]], 2)).not.toEqual(await logitsOf([[6, 5]], 2));
  await session.dispose();
});

test("contributions of n-grams are what leaving them out would change, those of pieces follow the slope", async () => {
  const text = TEXTS[0]!;
  const direction = Float32Array.of(-1, 0, 1);
  const why = await runtime.load(encodeModel(contributionsModel(options, weights)));
  const whole = rowsOf([text], text.length);
  const { [CONTRIBUTIONS]: found } = await why.run({
    [TOKENS]: whole,
    [DIRECTION]: { type: "float32", dims: [3], data: direction },
  });
  expect(found!.dims).toEqual([1, text.length, 3]);
  const served = await runtime.load(encodeModel(model));
  const score = async (tokens: Tensor) => {
    const { logits } = await served.run({ [TOKENS]: tokens });
    return (logits!.data as Float32Array).reduce((total, logit, c) => total + logit * direction[c]!, 0);
  };
  const before = await score(whole);
  for (const [t, n] of [[1, 1], [2, 2], [4, 1]] as const) {
    const without = { ...whole, data: (whole.data as BigInt64Array).with(3 * t + n, 0n) };
    expect((found!.data as Float32Array)[3 * t + n]).toBeCloseTo(before - (await score(without)), 4);
  }
  await Promise.all([why.dispose(), served.dispose()]);
}); // biome-ignore format: pairs

test("contributions are found from weights in 8 bits, too", async () => {
  const shared = shareWeights(contributionsModel(options, weights), quantiseWeights(model));
  const left = shared.graph.initializers.filter(
    ({ type, dims }) => type === "float32" && !dims.includes(1) && dims.length === 2,
  );
  expect(left.map(({ name }) => name)).toEqual([]);
  const [exact, rounded] = await Promise.all(
    [contributionsModel(options, weights), shared].map(async (each) => {
      const session = await runtime.load(encodeModel(each));
      const direction = { type: "float32", dims: [3], data: Float32Array.of(-1, 0, 1) } as const;
      const found = await session.run({ [TOKENS]: rowsOf([TEXTS[0]!], 5), [DIRECTION]: direction });
      await session.dispose();
      return found[CONTRIBUTIONS]!.data as Float32Array;
    }),
  );
  for (const [i, value] of exact!.entries()) expect(rounded![i]).toBeCloseTo(value, 1);
});

test("tables are stored in 8 bits, with scales that are smaller than they", async () => {
  const small = quantiseWeights(model);
  const kept = small.graph.initializers.filter(({ type, dims }) => type === "float32" && dims.length === 2);
  expect(kept.map(({ name }) => name)).toEqual([]);
  const scales = small.graph.initializers.find(
    ({ name }) => name.startsWith("wide.gram") && name.endsWith("scale"),
  );
  expect(scales!.dims).toEqual([3]);
  const [exact, rounded] = await Promise.all(
    [model, small].map(async (each) => {
      const session = await runtime.load(encodeModel(each));
      const { logits } = await session.run({ [TOKENS]: rowsOf(TEXTS, 5) });
      await session.dispose();
      return logits!.data as Float32Array;
    }),
  );
  for (const [i, logit] of exact!.entries()) expect(rounded![i]).toBeCloseTo(logit, 1);
});
