import { env } from "onnxruntime-node";
import { NacreError } from "../errors.ts";
import { node } from "../onnx/build.ts";
import { encodeModel } from "../onnx/encode.ts";
import { nodeRuntime } from "./node.ts";

/** What can compute in Node: the processor, or a graphics card by one of two ways. */
export const DEVICES = ["cpu", "webgpu", "cuda"] as const;
export type Device = (typeof DEVICES)[number];

/**
 * Makes sure that onnxruntime can compute on a device here, by loading a graph of one node.
 *
 * @throws NacreError("unsupported") saying why not
 */
export async function expectDevice(device: Device): Promise<void> {
  if (device === "cpu") return;
  env.logLevel = "fatal"; // the sentence below says what onnxruntime would print on its own
  const model = encodeModel({
    irVersion: 8,
    opsets: [{ domain: "", version: 17 }],
    producer: "nacre",
    metadata: {},
    graph: {
      name: "trial",
      nodes: [node("Relu", ["x"], ["y"])],
      inputs: [{ name: "x", type: "float32", shape: [1] }],
      outputs: [{ name: "y", type: "float32", shape: [1] }],
      initializers: [],
    },
  });
  try {
    const session = await nodeRuntime({ providers: [device] }).load(model);
    await session.dispose();
  } catch (cause) {
    const why = /([^.:]+)\.?$/.exec(cause instanceof Error ? cause.message : String(cause))?.[1]?.trim();
    throw new NacreError(
      "unsupported",
      `onnxruntime cannot compute on ${device} on this machine (${why}). Use the processor (cpu) instead.`,
      { cause },
    );
  }
}
