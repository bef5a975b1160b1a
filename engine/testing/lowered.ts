import type { DType, Value } from "../graph/value.ts";
import { Emitter } from "../lower/emitter.ts";
import { OPSETS, PRODUCER } from "../lower/model.ts";
import { TrainingWalk } from "../lower/training/walk.ts";
import { Walk } from "../lower/walk.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { Tensor } from "../runtime/runtime.ts";
import type { Array64 } from "./array.ts";

/** The two ways in which a semantic graph is written as ONNX. */
export const LOWERINGS = { plain: Walk, training: TrainingWalk } as const;
export type Lowering = keyof typeof LOWERINGS;

/** An ONNX model that computes `outputs`, as "output_0", "output_1", …, from `inputs`, "input_0", "input_1", …. */
export function modelOf(outputs: readonly Value[], inputs: readonly Value[], lowering: Lowering): OnnxModel {
  const emitter = new Emitter();
  const names = new Map(inputs.map((value, i) => [value, `input_${i}`]));
  const written = new LOWERINGS[lowering](emitter, names).write(outputs);
  // An output may be an input as it is, or the same value as another.
  for (const [i, name] of written.entries()) {
    emitter.rename(emitter.emitUnshared("Identity", [name]), `output_${i}`);
  }
  const info = (stem: string) => (value: Value, i: number) => ({
    name: `${stem}_${i}`,
    type: value.dtype,
    shape: value.shape,
  });
  const graph = emitter.graph("test", inputs.map(info("input")), outputs.map(info("output")));
  return { irVersion: 9, opsets: OPSETS, producer: PRODUCER, graph, metadata: {} };
}

/** Computes `outputs` by onnxruntime, all in one session. The results' shapes are the runtime's own. */
export async function compute(
  outputs: readonly Value[],
  feeds: ReadonlyMap<Value, Array64>,
  lowering: Lowering,
): Promise<Array64[]> {
  const inputs = [...feeds.keys()];
  const runtime = nodeRuntime({ threads: 1, spinning: false });
  const session = await runtime.load(encodeModel(modelOf(outputs, inputs, lowering)));
  try {
    const results = await session.run(
      Object.fromEntries(inputs.map((value, i) => [`input_${i}`, tensorOf(value.dtype, feeds.get(value)!)])),
    );
    return outputs.map((_, i) => arrayOf(results[`output_${i}`]!));
  } finally {
    await session.dispose();
  }
}

function tensorOf(dtype: DType, { data, shape: dims }: Array64): Tensor {
  switch (dtype) {
    case "float32":
      return { type: dtype, dims, data: new Float32Array(data) };
    case "int64":
      return { type: dtype, dims, data: BigInt64Array.from(data, BigInt) };
    default:
      return { type: dtype, dims, data: new Uint8Array(data) };
  }
}

const arrayOf = ({ dims, data }: Tensor): Array64 => ({
  shape: dims,
  data: data instanceof BigInt64Array ? Float64Array.from(data, Number) : new Float64Array(data),
});
