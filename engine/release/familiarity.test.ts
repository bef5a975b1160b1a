import { expect, test } from "vitest";
import { attribute, node, tensorOf } from "../onnx/build.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { withClassMaps } from "./class-maps.ts";
import { classMeans, FAMILIARITY, reachedBy, withFamiliarity, withLearnedDoubt } from "./familiarity.ts";

const [classes, channels] = [2, 3];

/** A network whose features are the colours themselves: class 0 is reddish, class 1 bluish. */
const colours = () => {
  const rng = new Rng(1);
  const weight = Float32Array.of(4, -1, -1, -1, -1, 4);
  return withClassMaps({
    irVersion: 9,
    opsets: [{ domain: "", version: 18 }],
    producer: "nacre",
    metadata: {},
    graph: {
      name: "colours",
      nodes: [
        node("Relu", ["image"], ["features.map"]),
        node("ReduceSum", ["features.map", "axes"], ["sum"], { keepdims: attribute.int(0) }),
        node("Mul", ["sum", "share"], ["mean"]),
        node("Gemm", ["mean", "fc.weight"], ["product"], { transB: attribute.int(1) }),
        node("Add", ["product", "fc.bias"], ["logits"]),
      ],
      inputs: [{ name: "image", type: "float32", shape: ["N", channels, 2, 2] }],
      outputs: [{ name: "logits", type: "float32", shape: ["N", classes] }],
      initializers: [
        tensorOf("axes", BigInt64Array.of(2n, 3n)),
        tensorOf("share", Float32Array.of(0.25), []),
        tensorOf("fc.weight", weight, [classes, channels]),
        tensorOf("fc.bias", Float32Array.of(rng.uniform(), 0)),
      ],
    },
  });
};

test("familiarity is the largest cosine with a class's mean times the energy of the logits", async () => {
  const means = Float32Array.of(2, 0, 0, 0, 0, 0.5);
  const session = await nodeRuntime({ threads: 1 }).load(
    encodeModel(withFamiliarity(colours(), means, classes)),
  );
  const colour = (r: number, g: number, b: number) =>
    [r, g, b].flatMap((value) => [value, value, value, value]);
  const pictures = Float32Array.from([colour(3, 0.1, 0), colour(0, 0.2, 2), colour(1, 3, 1)].flat());
  const outputs = await session.run({ image: float32(pictures, [3, channels, 2, 2]) });
  await session.dispose();
  const logits = outputs.logits!.data as Float32Array;
  const familiarity = outputs[FAMILIARITY]!.data as Float32Array;
  for (const [n, [r, g, b]] of [
    [3, 0.1, 0],
    [0, 0.2, 2],
    [1, 3, 1],
  ].entries()) {
    const cosine = Math.max(r!, b!) / Math.hypot(r!, g!, b!);
    const energy = Math.log(Math.exp(logits[2 * n]!) + Math.exp(logits[2 * n + 1]!));
    expect(familiarity[n]).toBeCloseTo(cosine * energy, 4);
  }
  expect(familiarity[2]).toBeLessThan(Math.min(familiarity[0]!, familiarity[1]!)); // green is a stranger
});

test("what strangers were trained with tells them by its logits alone, wherever these lie", async () => {
  const session = await nodeRuntime({ threads: 1 }).load(encodeModel(withLearnedDoubt(colours())));
  const pictures = [0, 0.5, 3].flatMap((red) => [red, red, red, red, ...new Array(8).fill(0)]);
  const outputs = await session.run({ image: float32(Float32Array.from(pictures), [3, channels, 2, 2]) });
  await session.dispose();
  const logits = outputs.logits!.data as Float32Array;
  const familiarity = outputs[FAMILIARITY]!.data as Float32Array;
  for (let n = 0; n < 3; n++) {
    const difference = Math.abs(logits[2 * n]! - logits[2 * n + 1]!);
    expect(familiarity[n]).toBeCloseTo(Math.log(2 * Math.cosh(difference / 2)), 4);
  }
  expect(familiarity[2]).toBeGreaterThan(familiarity[1]!);
});

test("means are those of each class's own rows", () => {
  const rows = Float32Array.of(1, 2, 3, 4, 5, 6);
  expect([...classMeans(rows, Int32Array.of(0, 2, 0), 3)]).toEqual([3, 4, 0, 0, 3, 4]);
});

test("the threshold keeps the share that it is asked to keep, or one more", () => {
  const scores = Float32Array.from({ length: 100 }, (_, i) => i);
  for (const share of [0.5, 0.9, 0.98]) {
    const threshold = reachedBy(scores, share);
    const kept = scores.filter((score) => score >= threshold).length;
    expect([0, 1]).toContain(kept - 100 * share);
  }
});
