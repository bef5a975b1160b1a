import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-web/wasm";
import { NacreError } from "../errors.ts";
import type { Session, Tensor, Tensors } from "./runtime.ts";

/**
 * A session of onnxruntime, of the package for Node or that for browsers, behind our interface. `TensorClass`
 * is that package's own, because each knows only its own tensors.
 */
export function sessionOf(session: InferenceSession, TensorClass: typeof OrtTensor): Session {
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: (feeds, fetches = session.outputNames) => run(session, TensorClass, feeds, fetches),
    dispose: () => session.release(),
  };
}

async function run(
  session: InferenceSession,
  TensorClass: typeof OrtTensor,
  feeds: Tensors,
  fetches: readonly string[],
): Promise<Record<string, Tensor>> {
  try {
    const inputs = Object.entries(feeds).map(
      ([name, { type, data, dims }]) => [name, new TensorClass(type, data, dims)] as const,
    );
    const outputs = await session.run(Object.fromEntries(inputs), fetches);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { type, data, dims }]) => [name, { type, data, dims } as Tensor]),
    );
  } catch (cause) {
    throw new NacreError("input", `onnxruntime could not run the graph: ${reason(cause)}`, { cause });
  }
}

/** onnxruntime's words on one line. */
export function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").trim();
}
