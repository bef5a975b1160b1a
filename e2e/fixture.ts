import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, node } from "../engine/onnx/build.ts";
import { encodeModel } from "../engine/onnx/encode.ts";
import type { OnnxTensor } from "../engine/onnx/model.ts";
import { MAPS } from "../engine/release/class-maps.ts";
import { FAMILIARITY } from "../engine/release/familiarity.ts";
import { goldenInput } from "../engine/release/golden.ts";
import type { PictureManifest } from "../engine/release/manifest.ts";

/**
 * A tiny task for the browser tests: which of six colours is a picture? Its network is a 1×1 convolution
 * between two means, so that every answer is known beforehand, and its weights carry enough ballast for a download
 * to be interrupted.
 */
export const colours = [
  { id: "red", en: "red", zh: "红色", rgb: [1, 0, 0] },
  { id: "green", en: "green", zh: "绿色", rgb: [0, 1, 0] },
  { id: "blue", en: "blue", zh: "蓝色", rgb: [0, 0, 1] },
  { id: "yellow", en: "yellow", zh: "黄色", rgb: [1, 1, 0] },
  { id: "white", en: "white", zh: "白色", rgb: [1, 1, 1] },
  { id: "black", en: "black", zh: "黑色", rgb: [0, 0, 0] },
] as const;

/** The name of the task, and so the address of its page. */
export const task = "colours";

const size = 32;
/** The picture is looked at in so many places along each side. */
const places = 4;
const mean: PictureManifest["input"]["mean"] = [0.5, 0.5, 0.5];
const std: PictureManifest["input"]["std"] = [0.25, 0.25, 0.25];
const sharpness = 8;

const input: PictureManifest["input"] = { kind: "image", size, fit: "squeeze", mean, std };

/** The same network with golden answers that the graphics card, or no device at all, can give. */
export const tasksWithWrongGolden = { gpu: "colours-wrong-gpu", all: "colours-wrong" } as const;

interface Release {
  readonly task: string;
  readonly variant: "standard" | "light";
  /** Bytes of nothing behind the weights. */
  readonly ballast: number;
  readonly wrong?: keyof typeof tasksWithWrongGolden;
}

const releases: readonly Release[] = [
  { task, variant: "standard", ballast: 6_000_000 },
  { task, variant: "light", ballast: 400_000 },
  { task: tasksWithWrongGolden.gpu, variant: "standard", ballast: 0, wrong: "gpu" },
  { task: tasksWithWrongGolden.all, variant: "standard", ballast: 0, wrong: "all" },
];

/** Writes the releases of the tests' tasks into `folder`, replacing what is there. */
export function writeFixture(folder: string): void {
  for (const release of releases) {
    const name = `${release.variant}-1.0.0`;
    const target = join(folder, release.task, "releases", name);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    writeRelease(target, name, release);
  }
}

function writeRelease(folder: string, version: string, { task, variant, ballast, wrong }: Release): void {
  // score of a colour c for a pixel p in [0, 1]: −sharpness · |p − c|² = sharpness · (2 c·p − |c|²) + what all share
  const weight = new Float32Array(colours.length * 3);
  const bias = new Float32Array(colours.length);
  colours.forEach(({ rgb }, i) => {
    bias[i] = -sharpness * rgb.reduce<number>((sum, value) => sum + value * value, 0);
    rgb.forEach((value, channel) => {
      weight[3 * i + channel] = 2 * sharpness * value * std[channel]!;
      bias[i]! += 2 * sharpness * value * mean[channel]!;
    });
  });
  const weights = new Uint8Array(weight.byteLength + bias.byteLength + ballast);
  weights.set(new Uint8Array(weight.buffer), 0);
  weights.set(new Uint8Array(bias.buffer), weight.byteLength);

  const graph = encodeModel({
    irVersion: 8,
    opsets: [{ domain: "", version: 17 }],
    producer: "nacre e2e",
    metadata: {},
    graph: {
      name: task,
      nodes: [
        node("AveragePool", ["image"], ["places"], {
          kernel_shape: attribute.ints([size / places, size / places]),
          strides: attribute.ints([size / places, size / places]),
        }),
        node("Conv", ["places", "weight", "bias"], [MAPS], { kernel_shape: attribute.ints([1, 1]) }),
        node("GlobalAveragePool", [MAPS], ["scores"]),
        node("Flatten", ["scores"], ["logits"], { axis: attribute.int(1) }),
        node("Softmax", ["logits"], ["shares"], { axis: attribute.int(1) }),
        node("ReduceMax", ["shares"], [FAMILIARITY], {
          axes: attribute.ints([1]),
          keepdims: attribute.int(0),
        }),
      ],
      inputs: [{ name: "image", type: "float32", shape: ["N", 3, size, size] }],
      outputs: [
        { name: "logits", type: "float32", shape: ["N", colours.length] },
        { name: FAMILIARITY, type: "float32", shape: ["N"] },
        { name: MAPS, type: "float32", shape: ["N", colours.length, places, places] },
      ],
      initializers: [
        outside("weight", [colours.length, 3, 1, 1], 0, weight.byteLength),
        outside("bias", [colours.length], weight.byteLength, bias.byteLength),
      ],
    },
  });

  const golden = [1, 2].map((seed) => {
    const logits = logitsOf(goldenInput(seed, input), weight, bias);
    const otherwise = logits.map((logit) => logit + 1);
    return {
      seed,
      wasm: wrong === "all" ? otherwise : logits,
      webgpu: wrong === undefined ? logits : otherwise,
    };
  });
  const listed = (file: string, bytes: Uint8Array) => ({
    file,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  const share = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
  const manifest: PictureManifest = {
    format: 1,
    task,
    version,
    variant,
    network: "Colour mean",
    created: "2026-01-01T00:00:00Z",
    title: { en: "Colours", zh: "颜色" },
    classes: colours.map(({ id, en, zh }) => ({ id, en, zh })),
    licence:
      variant === "standard"
        ? {
            name: "CC-BY-NC-4.0",
            nonCommercial: true,
            credit: "Weights written by hand for the browser tests.",
          }
        : { name: "MIT", nonCommercial: false, credit: "Weights written by hand for the browser tests." },
    input,
    temperature: 1,
    known: { threshold: 0.3, kept: share(0.98) }, // a grey is as far from all colours
    graphs: { wasm: listed("wasm.onnx", graph), webgpu: listed("webgpu.onnx", graph) },
    weights: listed("weights.bin", weights),
    golden,
    ...(variant === "standard" ? { speed: { ms: 3.14, processor: "Test processor", cores: 2 } } : {}),
    goldenTolerance: 1e-3,
    metrics: {
      split: "test",
      n: 600,
      top1: share(variant === "standard" ? 0.985 : 0.942),
      top5: share(0.99),
      macroF1: share(0.98),
      ece: 0.01,
      reliability: [
        { confidence: 0.3, accuracy: 0.25, count: 40 },
        { confidence: 0.62, accuracy: 0.65, count: 120 },
        { confidence: 0.97, accuracy: 0.98, count: 440 },
      ],
    },
  };

  writeFileSync(join(folder, "wasm.onnx"), graph);
  writeFileSync(join(folder, "webgpu.onnx"), graph);
  writeFileSync(join(folder, "weights.bin"), weights);
  writeFileSync(join(folder, "card.md"), `# ${variant}\n\nA network for the browser tests.\n`);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}

function outside(name: string, dims: readonly number[], offset: number, length: number): OnnxTensor {
  return { name, type: "float32", dims, data: { location: "weights.bin", offset, length } };
}

/** The network by plain arithmetic: the golden answers don't come from the runtime that they check. */
function logitsOf(image: Float32Array, weight: Float32Array, bias: Float32Array): number[] {
  const means = [0, 1, 2].map((channel) => {
    const plane = image.subarray(channel * size * size, (channel + 1) * size * size);
    return plane.reduce((sum, value) => sum + value, 0) / plane.length;
  });
  return colours.map((_, i) =>
    means.reduce((sum, value, channel) => sum + value * weight[3 * i + channel]!, bias[i]!),
  );
}
