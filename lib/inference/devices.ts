import type { WebDevice } from "../../engine/runtime/web.ts";
import type { DeviceSwitches } from "./protocol.ts";

/** A device to compute on, with the threads that WASM would use. */
export interface DeviceChoice {
  readonly device: WebDevice;
  readonly threads: number;
}

/** More threads than this don't make a batch of one picture faster. */
const mostThreads = 4;

/**
 * The devices of this browser that are worth trying, the best first; WASM is always the last. A graphics
 * card that the processor imitates is left out, because it is many times slower than WASM.
 */
export async function findDevices(switches: DeviceSwitches): Promise<readonly DeviceChoice[]> {
  const threads = crossOriginIsolated
    ? (switches.threads ?? Math.min(navigator.hardwareConcurrency, mostThreads))
    : 1;
  const wasm: DeviceChoice = { device: "wasm", threads };
  if (switches.device === "wasm" || !("gpu" in navigator)) return [wasm];
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  const usable =
    adapter !== null && (!adapter.info.isFallbackAdapter || switches.device === "webgpu-software");
  return usable ? [{ device: "webgpu", threads }, wasm] : [wasm];
}

/** Reads `?device=` and `?threads=` from an address; what isn't understood is left out. */
export function parseSwitches(search: string): DeviceSwitches {
  const parameters = new URLSearchParams(search);
  const device = parameters.get("device");
  const threads = Number(parameters.get("threads"));
  return {
    device: device === "wasm" || device === "webgpu-software" ? device : undefined,
    threads: Number.isInteger(threads) && threads >= 1 && threads <= 64 ? threads : undefined,
  };
}
