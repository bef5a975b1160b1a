/** The same weights in the browser on TensorFlow.js' WASM backend, in float32, from the graph that dequantises them. */

import { getThreadsCount, setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { env, ready, setBackend } from "@tensorflow/tfjs-core";
import { decodeModel } from "../../engine/onnx/decode.ts";
import type { OnnxModel } from "../../engine/onnx/model.ts";
import { tfjsNetwork } from "./tfjs-network.ts";
import { offer, releaseFile } from "./web-side.ts";

offer(async ({ graphs, weights }, threads) => {
  setWasmPaths(new URL("./", import.meta.url).href);
  setThreadsCount(threads);
  // With one thread its build for one: threads cost even where there are none.
  if (threads === 1) env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (!(await setBackend("wasm"))) throw new Error("TensorFlow.js' WASM backend does not start.");
  await ready();
  const model = decodeModel(await releaseFile(graphs.webgpu.file), graphs.webgpu.file);
  const classify = tfjsNetwork(withWeights(model, await releaseFile(weights.file)));
  return { threads: getThreadsCount(), classify };
});

/** The model with its constants in memory instead of in the file of weights. */
function withWeights(model: OnnxModel, weights: Uint8Array): OnnxModel {
  const initializers = model.graph.initializers.map((tensor) =>
    tensor.data instanceof Uint8Array
      ? tensor
      : { ...tensor, data: weights.subarray(tensor.data.offset, tensor.data.offset + tensor.data.length) },
  );
  return { ...model, graph: { ...model.graph, initializers } };
}
