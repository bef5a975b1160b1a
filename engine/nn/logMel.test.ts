import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { decodeWav } from "../data/audio/wav.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { quantiseWeights } from "../release/quantise-weights.ts";
import { type Array64, array } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { evaluate } from "../testing/reference.ts";
import { networkModel } from "../train/networkModel.ts";
import {
  frameCount,
  LOG_MEL,
  type LogMelOptions,
  logMel,
  normaliseChannels,
  subtractClipMean,
} from "./logMel.ts";
import { melFrequencies } from "./melFilterBank.ts";
import { build, type Mode } from "./scope.ts";

const INFERENCE: Mode = { training: false, statistics: "frozen" };

/** The definition, frame by frame in float64: Hann window, discrete Fourier transform, power, filters, logarithm. */
function defined(samples: ArrayLike<number>, options: LogMelOptions): number[] {
  const { rate, window, hop, mels, low, high, scale, floor } = options;
  const corners = melFrequencies(mels + 2, low, high, scale);
  const features: number[] = [];
  const turns = Array.from({ length: window }, (_, i) => (2 * Math.PI * i) / window);
  const [cosines, sines] = [turns.map(Math.cos), turns.map(Math.sin)];
  for (let start = 0; start + window <= samples.length; start += hop) {
    const power = Array.from({ length: Math.floor(window / 2) + 1 }, (_, line) => {
      let [real, imaginary] = [0, 0];
      for (let t = 0; t < window; t++) {
        const value = samples[start + t]! * (0.5 - 0.5 * cosines[t]!);
        real += value * cosines[(line * t) % window]!;
        imaginary -= value * sines[(line * t) % window]!;
      }
      return real ** 2 + imaginary ** 2;
    });
    for (let m = 0; m < mels; m++) {
      const [left, peak, right] = [corners[m]!, corners[m + 1]!, corners[m + 2]!];
      const energy = power.reduce((sum, value, line) => {
        const hertz = (line * rate) / window;
        const height = hertz <= peak ? (hertz - left) / (peak - left) : (right - hertz) / (right - peak);
        return sum + value * Math.max(0, height);
      }, 0);
      features.push(Math.log((scale === "slaney" ? (2 * energy) / (right - left) : energy) + floor));
    }
  }
  return features;
}

const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

/** An eighth of a second is enough, and quick. */
const LENGTH = 2_000;
const rng = new Rng(7);
const SOUNDS: Readonly<Record<string, (t: number) => number>> = {
  "a tone of 440 Hz": (t) => 0.8 * Math.sin((2 * Math.PI * 440 * t) / 16_000),
  "two tones, one faint": (t) => 0.5 * Math.sin(t / 3) + 1e-3 * Math.sin(2 * t),
  "full-scale noise": () => rng.uniform(-1, 1),
  "faint noise": () => 1e-3 * rng.normal(),
  silence: () => 0,
};

const recording = fileURLToPath(new URL("../../../shared/data/commands/noise", import.meta.url));
const recorded = existsSync(recording);
if (!recorded)
  console.warn("logMel: no shared recordings; the front end is tested on tones and noise alone.");

describe.each(["htk", "slaney"] as const)(
  "the %s front end is what librosa and torchaudio define, to 1e-3",
  (scale) => {
    const options = { ...LOG_MEL, scale };
    const { input, output } = build(logMel({ scale }), ["N", LENGTH], INFERENCE);

    async function expectDefined(batch: Array64): Promise<void> {
      const [plain] = await compute([output], new Map([[input, batch]]), "plain");
      const frames = frameCount(LENGTH);
      expect(plain!.shape).toEqual([batch.shape[0], frames, 40]);
      for (let n = 0; n < batch.shape[0]!; n++) {
        const wanted = defined(batch.data.subarray(n * LENGTH, (n + 1) * LENGTH), options);
        expect(worst(plain!.data.subarray(n * frames * 40, (n + 1) * frames * 40), wanted)).toBeLessThan(
          1e-3,
        );
      }
    }

    test("on tones, noise and silence, several at once", async () => {
      const sounds = Object.values(SOUNDS);
      await expectDefined(
        array([sounds.length, LENGTH], (i) => Math.fround(sounds[Math.floor(i / LENGTH)]!(i % LENGTH))),
      );
    });

    test.skipIf(!recorded)("on a recording", async () => {
      const file = `${recording}/test_dude_miaowing.wav`;
      const { samples } = decodeWav(readFileSync(file), file);
      await expectDefined(array([1, LENGTH], (i) => samples[16_000 + i]!));
    });
  },
);

test("both ways to write it, and plain loops, agree; also where windows are no whole number of hops", async () => {
  for (const [window, hop, length] of [[32, 16, 100], [30, 16, 78], [20, 20, 81], [16, 20, 99]] as const) {
    const layer = logMel({ rate: 1_600, window, hop, mels: 4, low: 20, high: 760 });
    const { input, output } = build(layer, [2, length], INFERENCE);
    const feeds = new Map([[input, array([2, length], () => rng.normal())]]);
    const [wanted] = evaluate([output], feeds);
    expect(wanted!.shape).toEqual([2, frameCount(length, { window, hop }), 4]);
    const options = { rate: 1_600, window, hop, mels: 4, low: 20, high: 760, scale: "htk", floor: 1e-5 } as const;
    const first = [...feeds.values()][0]!.data.subarray(0, length);
    expect(worst(defined(first, options), wanted!.data)).toBeLessThan(1e-3);
    for (const lowering of ["plain", "training"] as const) {
      expect(worst((await compute([output], feeds, lowering))[0]!.data, wanted!.data)).toBeLessThan(1e-3);
    }
  } // biome-ignore format: a table
});

test("one second gives 98 frames, and less than a window is refused", () => {
  expect(build(logMel(), ["N", 16_000], INFERENCE).output.shape).toEqual(["N", 98, 40]);
  expect(() => build(logMel(), ["N", 399], INFERENCE)).toThrow(
    "logMel: [N, 399] is no [N, samples] with 400 samples or more.",
  );
});

test("a served front end is small, and quantisation leaves it as it is", () => {
  const model = networkModel(logMel(), new Map(), [16_000]);
  expect(encodeModel(model).length).toBeLessThan(50_000);
  expect(quantiseWeights(model).graph.nodes).toEqual(model.graph.nodes);
});

describe("normalisation", () => {
  test("by stored statistics, which belong to the network", () => {
    const statistics = { mean: Float32Array.of(1, -2), std: Float32Array.of(2, 4) };
    const built = build(normaliseChannels(2, statistics), ["N", 3, 2], INFERENCE);
    expect([...built.slots.values()].map(({ name, kind }) => [name, kind])).toEqual([
      ["mean", "statistic"],
      ["std", "statistic"],
    ]);
    const feeds = new Map([[built.input, array([1, 3, 2], (i) => i)]]);
    for (const { value, shape, initial } of built.slots.values())
      feeds.set(value, { shape, data: new Float64Array(initial(shape, rng)) });
    expect([...evaluate([built.output], feeds)[0]!.data]).toEqual([-0.5, 0.75, 0.5, 1.25, 1.5, 1.75]);
  });

  test("by the clip: what a microphone adds to a channel is gone", () => {
    const { input, output } = build(subtractClipMean(), [2, 5, 3], INFERENCE);
    const x = array([2, 5, 3], () => rng.normal());
    const coloured = array([2, 5, 3], (i) => x.data[i]! + (i % 3));
    const of = (value: Array64) => evaluate([output], new Map([[input, value]]))[0]!.data;
    expect(worst(of(x), of(coloured))).toBeLessThan(1e-6);
    expect(
      Math.abs(
        of(x)
          .slice(0, 15)
          .reduce((a, b) => a + b),
      ),
    ).toBeLessThan(1e-6);
  });
});
