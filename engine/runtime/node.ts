import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { NacreError } from "../errors.ts";
import { reason, sessionOf } from "./onnxruntime.ts";
import type { LoadOptions, Runtime, Session } from "./runtime.ts";

/** How onnxruntime computes in Node. */
export interface NodeRuntimeOptions {
  /** Threads for one operator; one per physical core by default. */
  readonly threads?: number;
  /**
   * Whether idle threads spin while they wait for the next operator, as they do by default. That is 5 to 10 %
   * faster on a quiet machine; switch it off where several sessions take turns or the processor is shared.
   */
  readonly spinning?: boolean;
  /** Execution providers in order of preference; the processor by default. */
  readonly providers?: readonly string[];
}

/**
 * Runs graphs by onnxruntime-node. A run holds the JavaScript thread until it is done: long ones belong in
 * a worker thread. Feeds are used where they lie; outputs are fresh arrays.
 *
 * `load` throws NacreError("weights") on graphs that onnxruntime refuses, `run` throws NacreError("input") on
 * feeds that do not fit the graph.
 */
export function nodeRuntime({
  threads,
  spinning = true,
  providers = ["cpu"],
}: NodeRuntimeOptions = {}): Runtime {
  const device = providers.map((provider) => provider.toUpperCase()).join(", ");
  return {
    device: threads ? `${device}, ${threads} ${threads === 1 ? "thread" : "threads"}` : device,
    load: (model, options) => load(model, { threads, ...options }, spinning, providers),
  };
}

async function load(
  model: Uint8Array,
  { external = {}, threads }: LoadOptions,
  spinning: boolean,
  providers: readonly string[],
): Promise<Session> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(model, {
      executionProviders: providers,
      externalData: Object.entries(external).map(([path, data]) => ({ path, data })),
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }), // undefined is refused
      // Same speed without it, and a third less memory for training graphs.
      enableMemPattern: false,
      logSeverityLevel: 3,
      extra: {
        session: {
          intra_op: { allow_spinning: spinning ? "1" : "0" },
          // Processors without VNNI instructions would saturate sums of uint8 · int8 products in 16 bits.
          x64quantprecision: "1",
        },
      },
    });
  } catch (cause) {
    throw new NacreError("weights", `onnxruntime refuses the graph: ${reason(cause)}`, { cause });
  }
  return sessionOf(session, OrtTensor);
}
