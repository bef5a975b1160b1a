/** A release in the browser as the app runs it: the engine's runtime for the web, in a worker, the graph for WASM. */

import { pictureDims } from "../../engine/data/image/normalise.ts";
import { float32 } from "../../engine/runtime/runtime.ts";
import { webRuntime } from "../../engine/runtime/web.ts";
import { offer, releaseFile } from "./web-side.ts";

offer(async ({ graphs, weights, input }, threads) => {
  const runtime = await webRuntime({ device: "wasm", threads });
  const external = { [weights.file]: await releaseFile(weights.file) };
  const session = await runtime.load(await releaseFile(graphs.wasm.file), { external });
  return {
    threads,
    async classify(image) {
      const { logits } = await session.run({ image: float32(image, [1, ...pictureDims(input)]) });
      return logits!.data as Float32Array;
    },
  };
});
