import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, type Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32, type Session } from "../runtime/runtime.ts";
import { array } from "../testing/array.ts";
import { expectClose } from "../testing/close.ts";
import { draw, initial, tinyMobilenet, tinyResnet } from "../testing/golden.ts";
import { evaluate } from "../testing/reference.ts";
import { servingModel } from "./serving.ts";

const SIZE = 16;

/** A network for inference with a named batch, as a model and as a graph. */
function served(layer: Layer) {
  const network = build(layer, ["N", 3, SIZE, SIZE], { training: false, statistics: "live" }, "image");
  const slots = [...network.slots.values()];
  const model = servingModel({
    inputs: [{ name: "image", value: network.input }],
    outputs: [{ name: "logits", value: network.output }],
    weights: slots.map(({ name, value, shape }) => ({ name, value, data: initial(name, shape) })),
  });
  return { network, slots, model };
}

describe.each([
  ["tiny ResNet", tinyResnet],
  ["tiny MobileNetV2", tinyMobilenet],
] as const)("a served %s", (_, layer) => {
  const { network, slots, model } = served(layer);
  let session: Session;
  beforeAll(async () => {
    session = await nodeRuntime({ threads: 1, spinning: false }).load(encodeModel(model));
  });
  afterAll(() => session.dispose());

  test("is called and shaped as was asked", () => {
    const { inputs, outputs, initializers } = model.graph;
    expect(inputs).toEqual([{ name: "image", type: "float32", shape: ["N", 3, SIZE, SIZE] }]);
    expect(outputs).toEqual([{ name: "logits", type: "float32", shape: ["N", 4] }]);
    expect(initializers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(slots.map(({ name }) => name)),
    );
    expect(session.inputs).toEqual(["image"]);
    expect(session.outputs).toEqual(["logits"]);
  });

  test("gives what the graph means, for any number of pictures", async () => {
    for (const n of [1, 3]) {
      const shape = [n, 3, SIZE, SIZE];
      const numbers = draw("pictures", n * 3 * SIZE ** 2);
      const pictures = array(shape, (i) => Math.fround(numbers[i]!));
      const feeds = new Map([[network.input, pictures]]);
      for (const { name, shape, value } of slots)
        feeds.set(value, { shape, data: new Float64Array(initial(name, shape)) });
      const { logits } = await session.run({ image: float32(new Float32Array(pictures.data), shape) });
      const found = { shape: logits!.dims, data: new Float64Array(logits!.data as Float32Array) };
      expectClose(found, evaluate([network.output], feeds)[0]!, 1e-5, `${n} pictures`);
    }
  });

  test("keeps to explicit padding and standard operators", () => {
    for (const { op, domain, attributes } of model.graph.nodes) {
      expect(domain, op).toBe("");
      expect(attributes).not.toHaveProperty("auto_pad");
    }
    expect(model.opsets).toContainEqual({ domain: "", version: 18 });
  });
});
