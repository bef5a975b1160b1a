import { expect, test } from "vitest";
import { BANDS, SLICE_RATE, Slicer } from "./slices.ts";

const tone = (hertz: number, seconds: number) =>
  Float32Array.from(
    { length: seconds * 16_000 },
    (_, t) => 0.4 * Math.sin((2 * Math.PI * hertz * t) / 16_000),
  );

const loudest = (bands: Uint8Array) => bands.indexOf(Math.max(...bands));

test("a second of sound is a hundred slices, whatever the pieces it comes in", () => {
  const sound = tone(440, 1);
  const whole = new Slicer().push(sound);
  expect(whole.count).toBe(SLICE_RATE);
  const slicer = new Slicer();
  let at = 0;
  for (let start = 0; start < sound.length; start += 327) {
    const { count, low, high, bands } = slicer.push(sound.subarray(start, start + 327));
    expect(low).toEqual(whole.low.subarray(at, at + count));
    expect(high).toEqual(whole.high.subarray(at, at + count));
    expect(bands).toEqual(whole.bands.subarray(at * BANDS, (at + count) * BANDS));
    at += count;
  }
  expect(at).toBe(SLICE_RATE);
});

test("a higher tone lies in a higher band, silence in none", () => {
  const bandOf = (hertz: number) => loudest(new Slicer().push(tone(hertz, 0.1)).bands.slice(-BANDS));
  const [low, middle, high] = [bandOf(300), bandOf(1000), bandOf(4000)];
  expect(low).toBeLessThan(middle);
  expect(middle).toBeLessThan(high);
  const silence = new Slicer().push(new Float32Array(1600));
  expect(silence.bands.every((level) => level === 0)).toBe(true);
});

test("the curve is as high as the sound", () => {
  const { low, high } = new Slicer().push(tone(440, 0.2));
  expect(Math.max(...high)).toBeCloseTo(0.4, 2);
  expect(Math.min(...low)).toBeCloseTo(-0.4, 2);
});
