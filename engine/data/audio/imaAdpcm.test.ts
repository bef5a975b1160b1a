import { expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { chunk, format, riff, uint32 } from "./wav.fixture.ts";
import { decodeWav } from "./wav.ts";

/** The recommended practice's step table, by its rule: each step about 1.1 times the one before. */
const STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
  107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
  876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428,
  4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350,
  22385, 24623, 27086, 29794, 32767,
]; // biome-ignore format: a table

/** An encoder of its own: what it keeps in mind after each code is what a decoder must give. */
class Encoder {
  value = 0;
  index = 0;

  code(sample: number): number {
    const step = STEPS[this.index]!;
    const difference = sample - this.value;
    let rest = Math.abs(difference);
    let code = difference < 0 ? 8 : 0;
    let change = step >> 3;
    for (const [bit, part] of [[4, step], [2, step >> 1], [1, step >> 2]] as const) {
      if (rest < part) continue;
      code |= bit;
      rest -= part;
      change += part;
    } // biome-ignore format: pairs
    this.value = Math.max(-32768, Math.min(32767, this.value + (code & 8 ? -change : change)));
    this.index = Math.max(0, Math.min(88, this.index + (code & 4 ? 2 * ((code & 3) + 1) : -1)));
    return code;
  }
}

/** Interleaved samples as blocks, and what their decoding gives. */
function encode(samples: Int16Array, channels: number, groups: number) {
  const frames = samples.length / channels;
  const perBlock = 1 + 8 * groups;
  const bytes: number[] = [];
  const decoded: number[] = new Array(samples.length).fill(0);
  const encoders = Array.from({ length: channels }, () => new Encoder());
  for (let start = 0; start < frames; start += perBlock) {
    const at = (t: number, c: number) => samples[Math.min(frames - 1, t) * channels + c]!;
    for (const [c, encoder] of encoders.entries()) {
      encoder.value = at(start, c);
      decoded[start * channels + c] = encoder.value;
      bytes.push(encoder.value & 255, (encoder.value >> 8) & 255, encoder.index, 0);
    }
    for (let group = 0; group < groups; group++) {
      for (const [c, encoder] of encoders.entries()) {
        const codes = Array.from({ length: 8 }, (_, i) => {
          const t = start + 1 + 8 * group + i;
          const code = encoder.code(at(t, c));
          if (t < frames) decoded[t * channels + c] = encoder.value;
          return code;
        });
        for (let i = 0; i < 8; i += 2) bytes.push(codes[i]! | (codes[i + 1]! << 4));
      }
    }
  }
  return { bytes, decoded };
}

test.each([1, 2, 3])("many blocks of %i channels decode to what the encoder had in mind", (channels) => {
  const rng = new Rng(channels);
  const [frames, groups] = [1501, 15];
  const samples = Int16Array.from({ length: frames * channels }, (_, i) =>
    Math.round(28_000 * Math.sin(i / (9 + (i % channels))) + 2_000 * rng.normal()),
  );
  const { bytes, decoded } = encode(samples, channels, groups);
  const block = 4 * channels * (1 + groups);
  const perBlock = 1 + 8 * groups;
  const file = riff(
    format(0x11, channels, 16_000, block, 4, [2, 0, perBlock & 255, perBlock >> 8]),
    chunk("fact", uint32(frames)),
    chunk("data", bytes),
  );
  const sound = decodeWav(file, "ima.wav");
  expect(sound.rate).toBe(16_000);
  expect(sound.samples.length).toBe(frames);
  for (let t = 0; t < frames; t++) {
    const mean = decoded.slice(t * channels, (t + 1) * channels).reduce((a, b) => a + b) / channels;
    expect(sound.samples[t]).toBeCloseTo(mean / 32768, 6);
  }
});

test("without a fact chunk every sample of the blocks counts, and a last block may be short", () => {
  const { bytes } = encode(new Int16Array(100).fill(1000), 1, 15);
  const header = format(0x11, 1, 8_000, 64, 4, [2, 0, 121, 0]);
  expect(decodeWav(riff(header, chunk("data", bytes)), "a").samples.length).toBe(121);
  expect(decodeWav(riff(header, chunk("data", [...bytes, ...bytes.slice(0, 12)])), "a").samples.length).toBe(
    121 + 17,
  );
});

test("a step outside the table is taken for the largest", () => {
  const block = [0, 0, 255, 0, ...new Array(60).fill(0x77)];
  const { samples } = decodeWav(
    riff(format(0x11, 1, 8_000, 64, 4, [2, 0, 121, 0]), chunk("data", block)),
    "a",
  );
  expect(samples.every(Number.isFinite)).toBe(true);
  expect(samples[3]).toBeCloseTo(32767 / 32768, 5);
});
