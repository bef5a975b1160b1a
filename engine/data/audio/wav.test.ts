import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as wavefile from "wavefile";
import { NacreError } from "../../errors.ts";
import { Rng } from "../../random.ts";
import { SoundError } from "./admission.ts";
import { chunk, format, riff, uint32 } from "./wav.fixture.ts";
import { decodeWav, decodeWavPieces, encodeWav } from "./wav.ts";

const { WaveFile } = (wavefile as unknown as { default: typeof wavefile }).default;

/** Words of the package for a bit depth, with the largest error that such a file may have. */
const DEPTHS = [["8", 2 ** -7], ["16", 2 ** -15], ["24", 2 ** -23], ["32", 2 ** -24], ["32f", 2 ** -24], ["64", 2 ** -24]] as const; // biome-ignore format: pairs

/** Noise in ±0.9, one array a channel. */
const noise = (channels: number, length: number): Float64Array[] => {
  const rng = new Rng(channels);
  return Array.from({ length: channels }, () => Float64Array.from({ length }, () => rng.uniform(-0.9, 0.9)));
};

const mean = (channels: readonly Float64Array[], t: number): number =>
  channels.reduce((sum, channel) => sum + channel[t]!, 0) / channels.length;

function written(depth: string, channels: readonly Float64Array[], rate: number): Uint8Array {
  const [steps, zero] =
    depth === "32f" || depth === "64" ? [1, 0] : [2 ** (Number(depth) - 1), depth === "8" ? 128 : 0];
  const stored = channels.map((channel) =>
    channel.map((x) => (steps === 1 ? x : Math.round(x * steps) + zero)),
  );
  const file = new WaveFile();
  file.fromScratch(channels.length, rate, depth, stored.length === 1 ? stored[0]! : stored);
  return file.toBuffer();
}

describe("what is written is read", () => {
  for (const [depth, error] of DEPTHS) {
    test.each([1, 2])(`${depth} bits, %i channels`, (channels) => {
      const sound = noise(channels, 99);
      const { samples, rate } = decodeWav(written(depth, sound, 22_050), "a.wav");
      expect(rate).toBe(22_050);
      expect(samples.length).toBe(99);
      for (let t = 0; t < 99; t++) expect(Math.abs(samples[t]! - mean(sound, t))).toBeLessThanOrEqual(error);
    });
  }

  test("A-law and mu-law by G.711: seven levels of each sign, about 38 dB below the signal", () => {
    for (const law of ["toALaw", "toMuLaw"] as const) {
      const sound = noise(1, 4000);
      const file = new WaveFile();
      file.fromScratch(
        1,
        8_000,
        "16",
        sound[0]!.map((x) => Math.round(x * 32768)),
      );
      file[law]();
      const { samples } = decodeWav(file.toBuffer(), "a.wav");
      expect(samples.length).toBe(4000);
      for (let t = 0; t < 4000; t++) {
        const x = sound[0]![t]!;
        expect(Math.abs(samples[t]! - x)).toBeLessThan(Math.abs(x) / 16 + 2 ** -10);
      }
    }
  });

  test("mu-law byte by byte, by the standard's formula", () => {
    const bytes = Array.from({ length: 256 }, (_, i) => i);
    const { samples } = decodeWav(riff(format(7, 1, 8_000, 1, 8), chunk("data", bytes)), "a.wav");
    for (const byte of bytes) {
      const u = ~byte & 255;
      const magnitude = ((((u & 15) << 3) + 132) << ((u >> 4) & 7)) - 132;
      expect(samples[byte]).toBe(Math.fround((u & 128 ? -magnitude : magnitude) / 32768) + 0);
    }
  });

  test("encodeWav and back", () => {
    const samples = Float32Array.from(noise(1, 321)[0]!);
    const { samples: back, rate } = decodeWav(encodeWav({ samples, rate: 16_000 }), "a.wav");
    expect(rate).toBe(16_000);
    for (let t = 0; t < 321; t++) expect(Math.abs(back[t]! - samples[t]!)).toBeLessThanOrEqual(2 ** -16);
  });

  test("in pieces as in one go, whatever lies before the sound", async () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, i) => (i * i) >> 7);
    const file = riff(
      chunk("JUNK", new Uint8Array(70_001)),
      format(1, 1, 48_000, 1, 8),
      chunk("data", bytes),
    );
    const whole = decodeWav(file, "a.wav").samples;
    let at = 0;
    for await (const { samples, rate } of decodeWavPieces(new Blob([file as BlobPart]), "a.wav")) {
      expect(rate).toBe(48_000);
      expect(samples.length).toBeLessThan(300_001);
      expect(samples.every((x, t) => x === whole[at + t])).toBe(true);
      at += samples.length;
    }
    expect(at).toBe(300_001);
  });
});

describe("headers as the world writes them", () => {
  const pcm = [0, 64, 0, 192]; // +0.5, −0.5
  const samples = (file: Uint8Array) => [...decodeWav(file, "a.wav").samples];

  test("float in an extensible header", () => {
    const bytes = new Uint8Array(Float32Array.of(0.25, -0.75).buffer);
    const extra = [22, 0, 32, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
    expect(samples(riff(format(0xfffe, 1, 44_100, 4, 32, extra), chunk("data", bytes)))).toEqual([
      0.25, -0.75,
    ]);
  });

  test("twelve bits at the top of sixteen", () => {
    expect(samples(riff(format(1, 1, 8_000, 2, 12), chunk("data", pcm)))).toEqual([0.5, -0.5]);
  });

  test("an odd number of bytes: the padding is no sample", () => {
    expect(samples(riff(format(1, 1, 8_000, 1, 8), chunk("data", [192, 64, 128])))).toEqual([0.5, -0.5, 0]);
  });

  test("a length that nobody knew when writing began", () => {
    expect(samples(riff(format(1, 1, 8_000, 2, 16), chunk("data", pcm, 0xffffffff)))).toEqual([0.5, -0.5]);
  });

  test("other chunks between and behind", () => {
    const file = riff(
      chunk("LIST", [1, 2, 3]),
      format(1, 1, 8_000, 2, 16),
      chunk("id3 ", []),
      chunk("data", pcm),
    );
    expect(samples(file)).toEqual([0.5, -0.5]);
  });

  test("float samples beyond full scale are clipped", () => {
    const bytes = new Uint8Array(Float32Array.of(3, -7).buffer);
    expect(samples(riff(format(3, 1, 8_000, 4, 32), chunk("data", bytes)))).toEqual([1, -1]);
  });
});

describe("what cannot be read is named, with a way out", () => {
  const refused = (bytes: Uint8Array) => {
    try {
      decodeWav(bytes, "a.wav");
    } catch (error) {
      if (error instanceof SoundError) return error.message;
      throw error;
    }
    throw new Error("nothing was refused");
  };
  const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const sound = chunk("data", new Array(8).fill(0));

  test.each([
    ["nothing", new Uint8Array(0), "a.wav is empty (0 bytes); record or copy it again."],
    ["text", ascii("How are you today?"), "a.wav is not a recording that can be read; save it as WAV."],
    ["an MP3", ascii("ID3\x04\0\0\0\0\0\0\0\0"), "a.wav is a MP3 file; save it as WAV first."],
    ["FLAC", ascii("fLaC\0\0\0\x22"), "a.wav is a FLAC file; save it as WAV first."],
    ["MP3 in WAV", riff(format(0x55, 1, 8_000, 1, 0), sound), "a.wav is a WAV file in MP3, which cannot be read; save it as 16-bit PCM."],
    ["a new codec", riff(format(0x1234, 1, 8_000, 1, 0), sound), "a.wav is a WAV file in an unknown coding (0x1234), which cannot be read; save it as 16-bit PCM."],
    ["0 channels", riff(format(1, 0, 8_000, 2, 16), sound), "a.wav is a WAV file whose header makes no sense (0 channels); record or export it again."],
    ["rate 0", riff(format(1, 1, 0, 2, 16), sound), "a.wav is a WAV file whose header makes no sense (0 samples a second); record or export it again."],
    ["rate 4e9", riff(format(1, 1, 4e9, 2, 16), sound), "a.wav is a WAV file whose header makes no sense (4000000000 samples a second); record or export it again."],
    ["blocks of 0", riff(format(1, 1, 8_000, 0, 16), sound), "a.wav is a WAV file whose header makes no sense (0 bytes for a sample of each of 1 channels); record or export it again."],
    ["ADPCM of 3 bytes", riff(format(0x11, 1, 8_000, 3, 4), sound), "a.wav is a WAV file whose header makes no sense (blocks of 3 bytes); record or export it again."],
    ["no sound", riff(format(1, 1, 8_000, 2, 16)), "a.wav is a WAV file that is cut short; copy or record it again."],
    ["sound of 0", riff(format(1, 1, 8_000, 2, 16), chunk("data", [])), "a.wav holds no sound at all (0 samples); record it again."],
    ["sound first", riff(sound, format(1, 1, 8_000, 2, 16)), "a.wav is a WAV file whose header makes no sense (the sound comes before its format); record or export it again."],
    ["NaN", riff(format(3, 1, 8_000, 4, 32), chunk("data", new Uint8Array(Float32Array.of(Number.NaN).buffer))), "a.wav holds samples that are no numbers (NaN or infinite); export it again."],
  ])("%s", (_, bytes, sentence) => {
    expect(refused(bytes)).toBe(sentence);
  }); // biome-ignore format: a table

  test("cut short anywhere", () => {
    const whole = written("16", noise(1, 40), 16_000);
    for (let length = 1; length < whole.length; length++) {
      expect(refused(whole.subarray(0, length))).toBe(
        "a.wav is a WAV file that is cut short; copy or record it again.",
      );
    }
  });

  test("lists in lists and four billion cue points take no time", () => {
    const lists = Array.from({ length: 200 }, () => chunk("LIST", ascii("INFO")));
    const start = performance.now();
    const file = riff(...lists, chunk("cue ", uint32(0xffffffff)), format(1, 1, 8_000, 2, 16), sound);
    expect(decodeWav(file, "a.wav").samples.length).toBe(4);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

test("whatever the bytes: samples within ±1, or one sentence", () => {
  const files = [
    written("16", noise(2, 20), 16_000),
    written("32f", noise(1, 20), 44_100),
    riff(
      format(0x11, 1, 8_000, 36, 4, [2, 0, 65, 0]),
      chunk("fact", uint32(99)),
      chunk("data", new Array(72).fill(7)),
    ),
    riff(format(7, 3, 8_000, 3, 8), chunk("data", new Array(30).fill(7))),
  ];
  const change = fc.record({ at: fc.nat(120), byte: fc.nat(255) });
  const hostile = fc.tuple(fc.constantFrom(...files), fc.array(change, { maxLength: 6 }), fc.nat(200));
  fc.assert(
    fc.property(fc.oneof(hostile, fc.uint8Array({ maxLength: 99 })), (input) => {
      const bytes = input instanceof Uint8Array ? input : input[0].slice(0, 30 + input[2]);
      if (!(input instanceof Uint8Array))
        for (const { at, byte } of input[1]) bytes[at % bytes.length] = byte;
      try {
        const { samples, rate } = decodeWav(bytes, "a.wav");
        expect(samples.length).toBeGreaterThan(0);
        expect(rate).toBeGreaterThan(0);
        expect(samples.every((x) => Math.abs(x) <= 1)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(NacreError);
        expect((error as Error).message).toMatch(/^a\.wav .*\.$/);
      }
    }),
    { numRuns: 1000 },
  );
});

const recording = fileURLToPath(new URL("../../../../shared/data/commands/noise", import.meta.url));
if (!existsSync(recording)) console.warn("wav: no shared recordings; decoding them is not tested.");
test.skipIf(!existsSync(recording))("a shared recording gives four or six seconds at 16 kHz", () => {
  const file = `${recording}/test_pink_noise.wav`;
  const { samples, rate } = decodeWav(readFileSync(file), file);
  expect(rate).toBe(16_000);
  expect(samples.length).toBe(64_000);
  expect(samples.some((x) => Math.abs(x) > 0.01)).toBe(true);
});
