import * as wavefile from "wavefile";
import { MAX_SAMPLES, SoundError } from "./admission.ts";
import { decodeImaAdpcm } from "./imaAdpcm.ts";
import type { Sound } from "./sound.ts";
import { readWavHeader, type WavCodec, type WavHeader } from "./wavHeader.ts";

// Node sees the package's CommonJS file as a default export, bundlers its module with names; a bundler must not look
// for the one that it does not have, hence by name.
const { WaveFile } = ((loaded: object) => ("WaveFile" in loaded ? loaded : Reflect.get(loaded, "default")))(
  wavefile,
) as typeof wavefile;

/**
 * Decodes a WAV file in Node or a browser: PCM of 8, 16, 24 and 32 bits, float of 32 and 64, A-law, mu-law (ITU-T
 * G.711) and IMA ADPCM, at any rate; several channels are averaged. Float samples beyond ±1 are clipped. Compared with
 * sox 14.4.2 in every one of these codings, of one and two channels: the same samples.
 *
 * @param bytes the whole file
 * @param name how errors call it, usually its path
 * @throws SoundError (code "input") naming the file: empty, no WAV, cut short, a lying header, another codec, too
 *   long to be read at once, samples that are no numbers
 */
export function decodeWav(bytes: Uint8Array, name: string): Sound {
  const header = readWavHeader(bytes, bytes.length, name);
  if (!header) throw new SoundError(name, { kind: "cutShort" });
  const { rate, samples, start, end } = header;
  if (samples > MAX_SAMPLES) {
    const minutes = (count: number) => Math.round(count / rate / 60);
    throw new SoundError(name, { kind: "tooLong", minutes: minutes(samples), limit: minutes(MAX_SAMPLES) });
  }
  return { samples: decodeBlocks(bytes.subarray(start, end), header, name).subarray(0, samples), rate };
}

/** Samples a channel in a piece, about: a few seconds, whatever the rate. */
const PIECE_SAMPLES = 1 << 18;
/** How much of a file is looked at for its header at first, and at most. */
const HEAD_BYTES = [1 << 16, 1 << 26] as const;

/** Bytes that lie somewhere, such as a Blob, of which any part can be had. */
export interface StoredBytes {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * Decodes a WAV file of any length piece by piece, in memory that does not depend on it.
 *
 * @throws SoundError (code "input") naming the file, as decodeWav does, while it is read
 */
export async function* decodeWavPieces(
  file: StoredBytes,
  name: string,
): AsyncGenerator<Sound, void, undefined> {
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  let header: WavHeader | undefined;
  for (let length: number = HEAD_BYTES[0]; !header; length *= 16) {
    if (length > HEAD_BYTES[1])
      throw new SoundError(name, { kind: "header", what: "no sound near its start" });
    header = readWavHeader(await read(0, length), file.size, name);
  }
  const { rate, blockBytes, blockSamples, start, end } = header;
  const pieceBytes = Math.max(1, Math.floor(PIECE_SAMPLES / blockSamples)) * blockBytes;
  let left = header.samples;
  for (let at = start; at < end && left > 0; at += pieceBytes) {
    const bytes = await read(at, Math.min(end, at + pieceBytes));
    const samples = decodeBlocks(bytes, header, name).subarray(0, left);
    left -= samples.length;
    if (samples.length > 0) yield { samples, rate };
  }
}

/** A sound as the bytes of a WAV file of 16-bit PCM, one channel. Samples beyond ±1 are clipped. */
export function encodeWav({ samples, rate }: Sound): Uint8Array {
  const file = new WaveFile();
  const whole = Int16Array.from(samples, (x) => Math.max(-32768, Math.min(32767, Math.round(x * 32768))));
  file.fromScratch(1, rate, "16", whole);
  return file.toBuffer();
}

/** Decodes whole blocks to one channel. */
function decodeBlocks(bytes: Uint8Array, header: WavHeader, name: string): Float32Array {
  const { codec, channels, rate, bits, blockBytes } = header;
  if (codec === "ima") {
    const decoded = decodeImaAdpcm(bytes, channels, blockBytes);
    return mixDown(decoded, (value) => value / 32768, channels, name);
  }
  const whole = bytes.subarray(0, bytes.length - (bytes.length % blockBytes));
  if (bits === 8) {
    const table = byteValues(codec);
    return mixDown(whole, (byte) => table[byte]!, channels, name);
  }
  const scale = codec === "float" ? 1 : 2 ** (1 - bits);
  const stored = unpack(whole, { codec, channels, rate, bits, blockBytes });
  return mixDown(stored, (value) => value * scale, channels, name);
}

type ByteCodec = Exclude<WavCodec, "ima">;

/** What each of the 256 bytes stands for: asked of the package once, not for every sample. */
function byteValues(codec: ByteCodec): Float64Array {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const samples = unpack(bytes, { codec, channels: 1, rate: 8000, bits: 8, blockBytes: 1 });
  // Eight-bit PCM is the one width without a sign; 128 is silence.
  return samples.map((x) => (codec === "pcm" ? (x - 128) / 128 : x / 32768));
}

interface PlainFormat extends Pick<WavHeader, "channels" | "rate" | "bits" | "blockBytes"> {
  readonly codec: ByteCodec;
}

/** Samples as the file's own numbers, channels interleaved; A-law and mu-law as 16 bits. */
function unpack(bytes: Uint8Array, format: PlainFormat): Float64Array {
  const file = new WaveFile();
  file.fromBuffer(plainWav(bytes, format));
  if (format.codec === "alaw") file.fromALaw();
  if (format.codec === "mulaw") file.fromMuLaw();
  return file.getSamples(true, Float64Array) as unknown as Float64Array;
}

const TAGS: { readonly [C in ByteCodec]: number } = { pcm: 1, float: 3, alaw: 6, mulaw: 7 };

/** Blocks behind the shortest header there is, all that the package gets to see of a file. */
function plainWav(bytes: Uint8Array, { codec, channels, rate, bits, blockBytes }: PlainFormat): Uint8Array {
  const file = new Uint8Array(44 + bytes.length);
  const view = new DataView(file.buffer);
  const letters = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) file[at + i] = text.charCodeAt(i);
  };
  letters(0, "RIFF");
  view.setUint32(4, 36 + bytes.length, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, TAGS[codec], true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, bits, true);
  letters(36, "data");
  view.setUint32(40, bytes.length, true);
  file.set(bytes, 44);
  return file;
}

/** The mean over channels of what the stored numbers stand for, clipped to [−1, 1]. */
function mixDown(
  interleaved: Float64Array | Int16Array | Uint8Array,
  meaning: (stored: number) => number,
  channels: number,
  name: string,
): Float32Array {
  const mono = new Float32Array(interleaved.length / channels);
  for (let t = 0, i = 0; t < mono.length; t++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += meaning(interleaved[i++]!);
    if (!Number.isFinite(sum)) throw new SoundError(name, { kind: "notNumbers" });
    mono[t] = Math.min(1, Math.max(-1, sum / channels));
  }
  return mono;
}
