import type { InferenceSession } from "onnxruntime-web/wasm";
import { NacreError } from "../errors.ts";
import { reason, sessionOf } from "./onnxruntime.ts";
import type { LoadOptions, Runtime, Session } from "./runtime.ts";

/** What a browser can run graphs on. */
export type WebDevice = "webgpu" | "wasm";

/** How onnxruntime computes in a browser. */
export interface WebRuntimeOptions {
  readonly device: WebDevice;
  /**
   * Threads for one operator in WASM, for all sessions of the page or worker: they are started once. Without
   * cross-origin isolation there is only one.
   */
  readonly threads?: number;
  /** Called once if the graphics card goes away: reset, unplugged, out of memory. Sessions are dead then. */
  readonly onLost?: () => void;
}

type Ort = typeof import("onnxruntime-web/wasm");

/**
 * Runs graphs by onnxruntime-web, in a page or better in a worker: a run in WASM holds its thread.
 *
 * The code for WebGPU, twice the size, is only fetched when that is asked for. `load` throws
 * NacreError("weights") on graphs that onnxruntime refuses and NacreError("unsupported") where the device
 * cannot be started, `run` throws NacreError("input") on feeds that do not fit the graph.
 */
export async function webRuntime({ device, threads = 1, onLost }: WebRuntimeOptions): Promise<Runtime> {
  const ort: Ort = await (device === "webgpu"
    ? import("onnxruntime-web/webgpu")
    : import("onnxruntime-web/wasm"));
  ort.env.logLevel = "error";
  ort.env.wasm.numThreads = threads;
  return {
    device: device === "webgpu" ? "WebGPU" : `WASM, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    async load(model, options) {
      const session = await load(ort, device, model, options);
      if (device === "webgpu" && onLost !== undefined) {
        const gpu = await ort.env.webgpu.device;
        void gpu.lost.then((info) => info.reason !== "destroyed" && onLost());
      }
      return session;
    },
  };
}

async function load(
  ort: Ort,
  device: WebDevice,
  model: Uint8Array,
  { external = {} }: LoadOptions = {},
): Promise<Session> {
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(model, {
      executionProviders: [device],
      logSeverityLevel: 3,
      externalData: Object.entries(external).map(([path, data]) => ({ path, data })),
    });
  } catch (cause) {
    const words = reason(cause);
    // Emscripten and the providers speak in sentences, not in types.
    throw /no available backend|Aborted|out of memory|GPU adapter/i.test(words)
      ? new NacreError("unsupported", `This browser cannot start ${device}: ${words}`, { cause })
      : new NacreError("weights", `onnxruntime refuses the graph: ${words}`, { cause });
  }
  return sessionOf(session, ort.Tensor);
}
