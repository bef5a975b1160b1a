import { expect, test } from "vitest";
import { lenet5 } from "../networks/lenet.ts";
import { mlp } from "../networks/mlp.ts";
import { flatten, sequential } from "../nn/layers.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { learnDigits } from "./digits.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });
// Seconds of work; the limit is for machines that are busy with something else.
const timeout = 240_000;

test("LeNet-5 reads digits that it has not seen", { timeout }, async () => {
  expect(await learnDigits(lenet5(10), runtime)).toBeGreaterThan(0.98);
});

test("a multi-layer perceptron reads them too, with more practice", { timeout }, async () => {
  const network = sequential(flatten(), mlp(784, 128, 10));
  expect(await learnDigits(network, runtime, { examples: 8000, epochs: 8 })).toBeGreaterThan(0.97);
});
