import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, node, tensorOf } from "../engine/onnx/build.ts";
import { encodeModel } from "../engine/onnx/encode.ts";
import { goldenSound } from "../engine/release/goldenSound.ts";
import type { SoundManifest } from "../engine/release/manifest.ts";

/** The name of the task for sound, and so the address of its page. */
export const soundTask = "tones";

/** Its words; each is a tone of its own pitch, in Hz. */
export const pitches = {
  yes: 400,
  no: 560,
  up: 720,
  down: 880,
  left: 1040,
  right: 1200,
  on: 1360,
  off: 1520,
  stop: 1680,
  go: 1840,
} as const;

export type Tone = keyof typeof pitches;

const names: Readonly<Record<Tone | "unknown" | "silence", string>> = {
  yes: "是",
  no: "否",
  up: "上",
  down: "下",
  left: "左",
  right: "右",
  on: "开",
  off: "关",
  stop: "停",
  go: "走",
  unknown: "其他",
  silence: "安静",
};

const rate = 16_000;
const input: SoundManifest["input"] = {
  kind: "sound",
  rate,
  samples: rate,
  unknown: "unknown",
  silence: "silence",
};
/** Pitches are told apart in frames of so many samples; all of them fit into a frame a whole number of times. */
const frame = 800;
/** Logits: of a pure tone, and of anything else. */
const [sure, other] = [12, 4];
/** The energy of a clip at which silence is half believed in. */
const quiet = 5;

/**
 * Writes a release that knows tones: the share of a clip's energy that each pitch has, by a matrix of cosines and
 * sines. All its answers are known beforehand.
 */
export function writeSoundFixture(folder: string): void {
  const version = "standard-1.0.0";
  const target = join(folder, soundTask, "releases", version);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });

  const kernels = waves();
  const tones = Object.keys(pitches).length;
  // cos² + sin² of each pitch, so that a pure tone gets `sure`: its power is frame / 2 times its energy.
  const pairs = new Float32Array(2 * tones * tones);
  for (let k = 0; k < 2 * tones; k++) pairs[k * tones + (k % tones)] = sure / (frame / 2);
  const weights = Buffer.from(kernels.buffer);
  const graph = encodeModel({
    irVersion: 8,
    opsets: [{ domain: "", version: 17 }],
    producer: "nacre e2e",
    metadata: {},
    graph: {
      name: soundTask,
      nodes: [
        node("Reshape", ["sound", "frames"], ["framed"]),
        node("MatMul", ["framed", "waves"], ["parts"]),
        node("Mul", ["parts", "parts"], ["squares"]),
        node("ReduceSum", ["squares", "middle"], ["powers"], { keepdims: attribute.int(0) }),
        node("MatMul", ["powers", "pairs"], ["tones"]),
        node("ReduceSumSquare", ["sound"], ["energy"], {
          axes: attribute.ints([1]),
          keepdims: attribute.int(1),
        }),
        node("Add", ["energy", "quiet"], ["total"]),
        node("Div", ["tones", "total"], ["words"]),
        node("Div", ["silent", "total"], ["silence"]),
        node("Div", ["total", "total"], ["ones"]),
        node("Mul", ["ones", "other"], ["unknown"]),
        node("Concat", ["words", "unknown", "silence"], ["logits"], { axis: attribute.int(1) }),
      ],
      inputs: [{ name: "sound", type: "float32", shape: ["N", rate] }],
      outputs: [{ name: "logits", type: "float32", shape: ["N", tones + 2] }],
      initializers: [
        tensorOf("frames", BigInt64Array.of(-1n, BigInt(rate / frame), BigInt(frame)), [3]),
        tensorOf("middle", BigInt64Array.of(1n), [1]),
        {
          name: "waves",
          type: "float32",
          dims: [frame, 2 * tones],
          data: { location: "weights.bin", offset: 0, length: weights.length },
        },
        tensorOf("pairs", pairs, [2 * tones, tones]),
        tensorOf("quiet", Float32Array.of(quiet), [1, 1]),
        tensorOf("silent", Float32Array.of(sure * quiet), [1, 1]),
        tensorOf("other", Float32Array.of(other), [1, 1]),
      ],
    },
  });
  const listed = (file: string, bytes: Uint8Array) => ({
    file,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  const share = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
  const manifest: SoundManifest = {
    format: 1,
    task: soundTask,
    version,
    variant: "standard",
    network: "Tones",
    created: "2026-01-01T00:00:00Z",
    title: { en: "Tones", zh: "音调" },
    classes: Object.entries(names).map(([id, zh]) => ({ id, en: id, zh })),
    licence: { name: "MIT", nonCommercial: false, credit: "Weights written by hand for the browser tests." },
    input,
    temperature: 1,
    graphs: { wasm: listed("wasm.onnx", graph) },
    weights: listed("weights.bin", weights),
    golden: [1, 2].map((seed) => ({ seed, wasm: logitsOf(goldenSound(seed, rate), kernels) })),
    goldenTolerance: 1e-2,
    listening: {
      hop: 0.1,
      smoothing: 2,
      refractory: 0.6,
      threshold: 0.6,
      curve: [
        { threshold: 0.4, missed: 0.03, falsePerHour: 120, latency: 0.1 },
        { threshold: 0.6, missed: 0.06, falsePerHour: 24, latency: 0.2 },
        { threshold: 0.8, missed: 0.12, falsePerHour: 4, latency: 0.3 },
        { threshold: 0.95, missed: 0.3, falsePerHour: 0, latency: 0.4 },
      ],
    },
    metrics: {
      split: "test",
      n: 300,
      top1: share(0.97),
      top5: share(0.99),
      macroF1: share(0.96),
      ece: 0.01,
      reliability: [
        { confidence: 0.5, accuracy: 0.45, count: 40 },
        { confidence: 0.95, accuracy: 0.96, count: 260 },
      ],
    },
  };
  writeFileSync(join(target, "wasm.onnx"), graph);
  writeFileSync(join(target, "weights.bin"), weights);
  writeFileSync(join(target, "card.md"), "# Tones\n\nA network for the browser tests.\n");
  writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest));
}

/** [frame, 2 · tones]: the cosine of each pitch, then the sine of each. */
function waves(): Float32Array<ArrayBuffer> {
  const all = Object.values(pitches);
  const matrix = new Float32Array(frame * 2 * all.length);
  for (let t = 0; t < frame; t++) {
    all.forEach((hertz, k) => {
      const angle = (2 * Math.PI * hertz * t) / rate;
      matrix[t * 2 * all.length + k] = Math.cos(angle);
      matrix[t * 2 * all.length + all.length + k] = Math.sin(angle);
    });
  }
  return matrix;
}

/** The network by plain arithmetic: the golden answers don't come from the runtime that they check. */
function logitsOf(sound: Float32Array, kernels: Float32Array): number[] {
  const tones = Object.keys(pitches).length;
  const powers = new Array<number>(tones).fill(0);
  for (let start = 0; start < sound.length; start += frame) {
    for (let k = 0; k < 2 * tones; k++) {
      let sum = 0;
      for (let t = 0; t < frame; t++) sum += sound[start + t]! * kernels[t * 2 * tones + k]!;
      powers[k % tones]! += sum * sum;
    }
  }
  const total = sound.reduce((sum, x) => sum + x * x, quiet);
  return [...powers.map((power) => (sure * power) / (frame / 2) / total), other, (sure * quiet) / total];
}

/** Tones, each `seconds` long and followed by `pause` seconds of silence, which also comes first. */
export function melody(tones: readonly Tone[], { seconds = 0.5, pause = 0.9, at = rate } = {}): Float32Array {
  const period = seconds + pause;
  return Float32Array.from({ length: Math.round((pause + tones.length * period) * at) }, (_, t) => {
    const since = t / at - pause;
    const tone = tones[Math.floor(since / period)];
    const within = since % period;
    if (tone === undefined || since < 0 || within >= seconds) return 0;
    const fade = Math.min(1, within / 0.02, (seconds - within) / 0.02);
    return 0.3 * fade * Math.sin((2 * Math.PI * pitches[tone] * t) / at);
  });
}
