import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, node, tensorOf } from "../onnx/build.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { PictureManifest } from "./manifest.ts";

/**
 * Writes a whole release, a few hundred bytes large, that tells colours: the logits of red, green and blue are
 * ten times the mean of the channel. For tests that need a release and do not mind which.
 */
export function writeTinyRelease(folder: string, changes: Partial<PictureManifest> = {}): PictureManifest {
  mkdirSync(folder, { recursive: true });
  const classes = [
    { id: "red", en: "red", zh: "红" },
    { id: "green", en: "green", zh: "绿" },
    { id: "blue", en: "blue", zh: "蓝" },
  ];
  const weights = new Float32Array([10, 0, 0, 0, 10, 0, 0, 0, 10]);
  const gemm = tensorOf("weight", weights, [3, 3]);
  const model = encodeModel({
    irVersion: 8,
    opsets: [{ domain: "", version: 17 }],
    producer: "nacre",
    metadata: {},
    graph: {
      name: "colours",
      nodes: [
        node("GlobalAveragePool", ["image"], ["mean"]),
        node("Flatten", ["mean"], ["features"], { axis: attribute.int(1) }),
        node("MatMul", ["features", "weight"], ["logits"]),
      ],
      inputs: [{ name: "image", type: "float32", shape: ["N", 3, 8, 8] }],
      outputs: [{ name: "logits", type: "float32", shape: ["N", 3] }],
      initializers: [{ ...gemm, data: { location: "weights.bin", offset: 0, length: weights.byteLength } }],
    },
  });
  const write = (file: string, content: Uint8Array) => {
    writeFileSync(join(folder, file), content);
    return { file, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
  };
  const one = { value: 1, low: 0.9, high: 1 };
  const manifest: PictureManifest = {
    format: 1,
    task: "colours",
    version: "standard-1.0.0",
    variant: "standard",
    network: "mean",
    created: "2026-01-01T00:00:00Z",
    title: { en: "Colours", zh: "颜色" },
    classes,
    licence: { name: "MIT", nonCommercial: false, credit: "Made for a test." },
    input: { kind: "image", size: 8, fit: "squeeze", mean: [0, 0, 0], std: [1, 1, 1] },
    temperature: 1,
    graphs: { wasm: write("wasm.onnx", model), webgpu: write("webgpu.onnx", model) },
    weights: write("weights.bin", new Uint8Array(weights.buffer)),
    golden: [],
    goldenTolerance: 0.01,
    metrics: { split: "test", n: 30, top1: one, top5: one, macroF1: one, ece: 0 },
    ...changes,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  return manifest;
}
