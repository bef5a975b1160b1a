import { arch, availableParallelism, cpus } from "node:os";
import type { Session } from "../runtime/runtime.ts";
import { webRuntime } from "../runtime/web.ts";
import type { Manifest } from "./manifest.ts";

/** Runs that are timed, and for how long at most, in ms. */
const RUNS = 20;
const LONGEST = 3000;
/** Runs before them, and for how long at most: browsers compile a graph's loops quickly first and well while they run. */
const WARM_UP = 100;
const WARMING = 2000;

/**
 * How long a graph takes in WebAssembly, as in a browser, with one thread of this machine: the median over runs.
 *
 * @param answer answers one example
 * @throws NacreError("weights") on graphs that onnxruntime refuses
 */
export async function measureSpeed(
  graph: Uint8Array,
  external: Readonly<Record<string, Uint8Array>>,
  answer: (session: Session) => Promise<unknown>,
): Promise<NonNullable<Manifest["speed"]>> {
  const runtime = await webRuntime({ device: "wasm", threads: 1 });
  const session = await runtime.load(graph, { external });
  const times: number[] = [];
  try {
    const warm = performance.now() + WARMING;
    for (let i = 0; i < WARM_UP && performance.now() < warm; i++) await answer(session);
    const end = performance.now() + LONGEST;
    while (times.length === 0 || (times.length < RUNS && performance.now() < end)) {
      const began = performance.now();
      await answer(session);
      times.push(performance.now() - began);
    }
  } finally {
    await session.dispose();
  }
  times.sort((a, b) => a - b);
  return {
    ms: Number(times[times.length >> 1]!.toPrecision(3)),
    processor: cpus()[0]?.model.trim() || arch(),
    cores: availableParallelism(),
  };
}
