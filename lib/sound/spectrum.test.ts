import { expect, test } from "vitest";
import { Rng } from "../../engine/random.ts";
import { Spectrum } from "./spectrum.ts";

test("the powers are those of the Fourier sum", () => {
  const size = 64;
  const rng = new Rng(4);
  const signal = Float64Array.from({ length: size }, () => rng.normal());
  const power = new Spectrum(size).transform(signal);
  for (let k = 0; k <= size / 2; k++) {
    let [re, im] = [0, 0];
    signal.forEach((x, t) => {
      re += x * Math.cos((2 * Math.PI * k * t) / size);
      im -= x * Math.sin((2 * Math.PI * k * t) / size);
    });
    expect(power[k]).toBeCloseTo(re * re + im * im, 8);
  }
});

test("a shorter signal is followed by zeros, whatever was transformed before", () => {
  const spectrum = new Spectrum(16);
  spectrum.transform(new Float64Array(16).fill(1));
  expect([...spectrum.transform([1])]).toEqual(new Array(9).fill(1));
});
