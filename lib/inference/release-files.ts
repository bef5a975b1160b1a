import { filesOf, takes } from "../../engine/release/kinds.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { WebDevice } from "../../engine/runtime/web.ts";

/** What a device needs of a release: of pictures, the graph for that device and the weights; else all files. */
export const filesFor = (manifest: Manifest, device: WebDevice): ReturnType<typeof filesOf> =>
  takes(manifest, "image") ? [manifest.graphs[device], manifest.weights] : filesOf(manifest);

/** What has to be downloaded for a release on the device that every browser has, in bytes. */
export const releaseBytes = (manifest: Manifest): number =>
  filesFor(manifest, "wasm").reduce((sum, { bytes }) => sum + bytes, 0);
