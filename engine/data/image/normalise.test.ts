import { expect, test } from "vitest";
import { normalise, pictureDims, toTensor } from "./normalise.ts";
import { blank } from "./pixels.ts";
import { resample } from "./resize.ts";

const input = { size: 4, fit: "squeeze", mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

test("bytes become planes with x = (byte / 255 − mean) / std", () => {
  const tensor = new Float32Array(6);
  normalise(Uint8Array.from([0, 128, 255, 255, 0, 7]), input, tensor);
  const expected = [0, 255, 128, 0, 255, 7].map((byte, i) => {
    const channel = Math.floor(i / 2);
    return Math.fround((byte / 255 - input.mean[channel]!) / input.std[channel]!);
  });
  expect([...tensor]).toEqual(expected);
});

test("squeeze shows the whole picture, crop its middle", () => {
  const wide = blank(12, 4);
  // Red on the left third, green in the middle, blue on the right.
  for (let i = 0; i < 48; i++) wide.data[i * 3 + Math.floor((i % 12) / 4)] = 255;
  const plain = { ...input, mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const squeezed = toTensor(wide, plain);
  expect(squeezed[0]).toBe(1);
  expect(squeezed[2 * 16 + 3]).toBe(1);
  const cropped = toTensor(wide, { ...plain, fit: "crop" });
  expect([...cropped]).toEqual([...Array(16).fill(0), ...Array(16).fill(1), ...Array(16).fill(0)]);
});

test("both looks stand one above the other: the whole, and seven eighths of the middle in the mirror", () => {
  const pixels = { width: 9, height: 8, data: Uint8Array.from({ length: 216 }, (_, i) => (i * 37) % 256) };
  const both = toTensor(pixels, { ...input, fit: "both" });
  const whole = toTensor(pixels, input);
  const middle = new Float32Array(whole.length);
  normalise(resample(pixels, { x: 1, y: 0.5, width: 7, height: 7 }, 4, 4, true).data, input, middle);
  expect(pictureDims({ ...input, fit: "both" })).toEqual([3, 8, 4]);
  const planes = [0, 1, 2].flatMap((channel) =>
    [whole, middle].flatMap((look) => [...look.subarray(16 * channel, 16 * (channel + 1))]),
  );
  expect([...both]).toEqual(planes);
});
