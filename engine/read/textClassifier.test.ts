import { expect, test } from "vitest";
import { learnPieces } from "../data/text/learnPieces.ts";
import { Tokeniser } from "../data/text/tokeniser.ts";
import { TOKENS, textClassifier } from "../networks/textClassifier.ts";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { contributionsModel } from "../release/contributions.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { networkModel } from "../train/networkModel.ts";
import { initialWeights } from "../train/weights.ts";
import { classifyTexts, explainText, type TextReader } from "./textClassifier.ts";

const tokeniser = new Tokeniser(
  learnPieces(["good food, bad food", "很好吃", "不好吃"], { size: 60, minimum: 1 }),
);
const grams = { longest: 3, buckets: 128 };
const options = { vocabulary: 60, classes: 2, embedding: 4, hidden: 4, layers: 1, dropout: 0, grams };
const layer = textClassifier(options);
const { slots } = build(layer, ["N", "T", 3], { training: false, statistics: "frozen" }, TOKENS, "int64");
const rng = new Rng(5);
const weights = new Map(
  [...initialWeights(slots.values(), rng)].map(([name, { dims, data }]) => [
    name,
    { dims, data: data.map((x) => x + rng.uniform(-0.3, 0.3)) },
  ]),
);
const runtime = nodeRuntime({ threads: 1, spinning: false });
const model = networkModel(layer, weights, ["T", 3], { input: TOKENS, output: "logits" }, "int64");
const reader: TextReader = {
  ...{ tokeniser, grams, window: 5, classes: 2 },
  session: await runtime.load(encodeModel(model)),
  why: await runtime.load(encodeModel(contributionsModel(options, weights))),
};

const TEXTS = ["good food", "很好吃", "", "bad food, bad food, bad food 不好吃 not good", "😀 Ж"];

test("texts are answered alike in any company", async () => {
  const together = await classifyTexts(reader, TEXTS);
  for (const [i, text] of TEXTS.entries()) {
    const [alone] = await classifyTexts(reader, [text]);
    for (const [c, logit] of alone!.logits.entries()) expect(together[i]!.logits[c]).toBeCloseTo(logit, 5);
  }
  expect(await classifyTexts(reader, [])).toEqual([]);
});

test("what the network has learned to read is told from what it has not", async () => {
  const opinions = await classifyTexts(reader, TEXTS);
  expect(opinions.map(({ pieces }) => pieces > 0)).toEqual([true, true, false, true, true]);
  const [english, chinese, nothing, mixed, strange] = opinions.map(({ known }) => known);
  expect([english, chinese, nothing, strange]).toEqual([1, 1, 0, 0]);
  expect(mixed).toBeGreaterThan(0.7);
});

test("a long text is answered by all of its windows", async () => {
  const [whole] = await classifyTexts(reader, ["good food, bad food 好吃 bad bad"]);
  const [first, second] = await classifyTexts(reader, ["good food, bad food", "好吃 bad bad"]);
  for (const c of [0, 1])
    expect(whole!.logits[c]).toBeCloseTo((5 * first!.logits[c]! + 4 * second!.logits[c]!) / 9, 5);
});

test("contributions stand where their words are, in every window", async () => {
  const text = "Good food! 很好吃 &amp; bad food";
  const found = await explainText(reader, text, Float32Array.of(-1, 1));
  expect(found.map(({ from, to }) => text.slice(from, to)).join("")).toBe(text.replaceAll(" ", ""));
  expect(found.filter(({ weight }) => Math.abs(weight) > 1e-6).length).toBeGreaterThan(5);
  expect(await explainText(reader, " ", Float32Array.of(-1, 1))).toEqual([]);
});
