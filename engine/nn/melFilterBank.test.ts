import { describe, expect, test } from "vitest";
import { melFilterBank, melFrequencies } from "./melFilterBank.ts";

test("Slaney's frequencies are those in librosa's documentation of mel_frequencies(n_mels=40)", () => {
  const documented = [
    0, 85.317, 170.635, 255.952, 341.269, 426.586, 511.904, 597.221, 682.538, 767.855, 853.173, 938.49,
    1024.856, 1119.114, 1222.042, 1334.436, 1457.167, 1591.187, 1737.532, 1897.337, 2071.84, 2262.393,
    2470.47, 2697.686, 2945.799, 3216.731, 3512.582, 3835.643, 4188.417, 4573.636, 4994.285, 5453.621,
    5955.205, 6502.92, 7101.009, 7754.107, 8467.272, 9246.028, 10096.408, 11025,
  ];
  const ours = melFrequencies(40, 0, 11_025, "slaney");
  for (const [i, hertz] of documented.entries()) expect(ours[i]).toBeCloseTo(hertz, 2);
});

test("1000 Hz are 1000 mel on the HTK scale", () => {
  expect(melFrequencies(3, 0, 700 * (10 ** (2000 / 2595) - 1), "htk")[1]).toBeCloseTo(1000, 0);
});

describe.each(["htk", "slaney"] as const)("%s filters", (scale) => {
  const [mels, lines, spacing] = [40, 1601, 5];
  const bank = melFilterBank({ mels, low: 20, high: 7_600, scale }, lines, spacing);
  const filter = (m: number) => Array.from({ length: lines }, (_, line) => bank[line * mels + m]!);

  test("rise to one peak and overlap their neighbours alone", () => {
    for (let m = 0; m < mels; m++) {
      const weights = filter(m);
      const peak = weights.indexOf(Math.max(...weights));
      const steps = weights.slice(1).map((weight, line) => weight - weights[line]!);
      expect(steps.every((step, line) => (line < peak ? step >= 0 : step <= 0))).toBe(true);
      const far = m + 2 < mels ? filter(m + 2) : [];
      expect(weights.some((weight, line) => weight > 0 && far[line]! > 0)).toBe(false);
    }
  });

  test(scale === "htk" ? "have a peak of 1" : "have an area of 1", () => {
    for (let m = 0; m < mels; m++) {
      const weights = filter(m);
      if (scale === "htk") expect(Math.max(...weights)).toBeGreaterThan(0.9);
      else expect(weights.reduce((sum, weight) => sum + weight * spacing, 0)).toBeCloseTo(1, 2);
    }
  });
});
