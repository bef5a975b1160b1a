import { SoundError } from "./admission.ts";

/** How samples are written down. "ima" is IMA ADPCM, 4 bits a sample in blocks. */
export type WavCodec = "pcm" | "float" | "alaw" | "mulaw" | "ima";

/** What a WAV file says of itself, checked. */
export interface WavHeader {
  readonly codec: WavCodec;
  readonly channels: number;
  /** Samples a second and channel. */
  readonly rate: number;
  /** Bits in which one sample is stored: 8, 16, 24 or 32 for PCM, 32 or 64 for float, 8 for A-law and mu-law, 4 for IMA. */
  readonly bits: number;
  /** Bytes that belong together: a sample of every channel, or one block of IMA ADPCM. */
  readonly blockBytes: number;
  /** Samples a channel in one block. */
  readonly blockSamples: number;
  /** Where the sound begins and ends in the file; for IMA ADPCM the last block may be shorter. */
  readonly start: number;
  readonly end: number;
  /** Samples a channel in the whole file. */
  readonly samples: number;
}

/** Bounds of what anybody records; what is outside is a header that lies. */
const RATES = [1_000, 384_000] as const;
const MAX_CHANNELS = 64;

/** Programs that write into a pipe cannot know the length and state one near 2 or 4 GiB: ffmpeg, sox, arecord. */
const LENGTH_UNKNOWN = 0x7ff00000;

const PCM = 1;
const IMA = 0x11;
const EXTENSIBLE = 0xfffe;

/** Format tags (Microsoft, mmreg.h) that we read, with the widths that samples may have. */
const CODECS: ReadonlyMap<number, { readonly codec: WavCodec; readonly bits: readonly number[] }> = new Map([
  [PCM, { codec: "pcm", bits: [8, 16, 24, 32] }],
  [3, { codec: "float", bits: [32, 64] }],
  [6, { codec: "alaw", bits: [8] }],
  [7, { codec: "mulaw", bits: [8] }],
  [IMA, { codec: "ima", bits: [4] }],
]);

/** Format tags that occur in the wild and that we do not read, for whoever has to be told. */
const OTHER_CODECS: ReadonlyMap<number, string> = new Map([
  [0x02, "Microsoft ADPCM"],
  [0x31, "GSM 6.10"],
  [0x40, "G.721 ADPCM"],
  [0x50, "MPEG audio"],
  [0x55, "MP3"],
  [0xff, "AAC"],
  [0x161, "Windows Media Audio"],
  [0x2000, "Dolby AC-3"],
  [0xf1ac, "FLAC"],
]);

/** First bytes of sound files of other kinds, as Latin letters from a place on. */
const FOREIGN: readonly (readonly [format: string, at: number, letters: string])[] = [
  ["FLAC", 0, "fLaC"],
  ["Ogg", 0, "OggS"],
  ["MP3", 0, "ID3"],
  ["MP3", 0, "\xff\xfb"],
  ["MP3", 0, "\xff\xf3"],
  ["AAC", 0, "\xff\xf1"],
  ["AIFF", 8, "AIFF"],
  ["AIFF", 8, "AIFC"],
  ["MPEG-4", 4, "ftyp"],
  ["WebM", 0, "\x1aE\xdf\xa3"],
  ["AMR", 0, "#!AMR"],
  ["CAF", 0, "caff"],
  ["AU", 0, ".snd"],
  ["big-endian WAV (RIFX)", 0, "RIFX"],
  ["Wave64", 0, "riff"],
];

/**
 * Reads a WAV file's header (Microsoft and IBM, Multimedia Programming Interface 1.0, and Multiple Channel Audio
 * Data): RIFF, or RF64 (EBU Tech 3306) as far as it stays below 4 GiB.
 *
 * Ours and not the package's, which takes counts and lengths on trust: a few hundred bytes can keep it busy forever
 * (nested LIST chunks) or fill the memory (cue points), float in an extensible header is read as whole numbers, and
 * the padding byte of an odd chunk as a sample.
 *
 * @param head the file's first bytes, or all of it
 * @param size bytes of the whole file
 * @param name how errors call the file
 * @returns the header, or undefined where it does not end within `head` and more of the file is needed
 * @throws SoundError (code "input") naming the file
 */
export function readWavHeader(head: Uint8Array, size: number, name: string): WavHeader | undefined {
  if (size === 0) throw new SoundError(name, { kind: "empty" });
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const letters = (at: number, count = 4) => String.fromCharCode(...head.subarray(at, at + count));
  if (!["RIFF", "RF64"].includes(letters(0)) || letters(8) !== "WAVE") {
    const format = FOREIGN.find(([, at, magic]) => letters(at, magic.length) === magic)?.[0];
    const cut = size < 12 && "RIFF".startsWith(letters(0));
    throw new SoundError(name, format ? { kind: "foreign", format } : { kind: cut ? "cutShort" : "unknown" });
  }
  let format: Format | undefined;
  let stated: number | undefined;
  for (let at = 12; ; ) {
    if (at + 8 > size) throw new SoundError(name, { kind: "cutShort" });
    if (at + 8 > head.length) return undefined;
    const length = view.getUint32(at + 4, true);
    const [start, end] = [at + 8, at + 8 + length];
    const chunk = letters(at);
    if (chunk === "data") {
      if (!format) throw new SoundError(name, { kind: "header", what: "the sound comes before its format" });
      return withData(format, start, length >= LENGTH_UNKNOWN ? size : end, stated, size, name);
    }
    if (end > size) throw new SoundError(name, { kind: "cutShort" });
    if (end > head.length) return undefined;
    if (chunk === "fmt ")
      format = readFormat(new DataView(head.buffer, head.byteOffset + start, length), name);
    if (chunk === "fact" && length >= 4) stated = view.getUint32(start, true);
    at = end + (length % 2); // chunks begin at even places
  }
}

type Format = Pick<WavHeader, "codec" | "channels" | "rate" | "bits" | "blockBytes" | "blockSamples">;

function readFormat(chunk: DataView, name: string): Format {
  const refuse = (what: string) => new SoundError(name, { kind: "header", what });
  if (chunk.byteLength < 16) throw refuse("its format is cut short");
  const short = (at: number) => (at + 2 <= chunk.byteLength ? chunk.getUint16(at, true) : 0);
  // An extensible header says in its sub-format what the tag says elsewhere.
  const tag = short(0) === EXTENSIBLE ? short(24) : short(0);
  const [channels, rate, blockBytes] = [short(2), chunk.getUint32(4, true), short(12)];
  const known = CODECS.get(tag);
  if (!known) {
    const codec = OTHER_CODECS.get(tag) ?? `an unknown coding (0x${tag.toString(16)})`;
    throw new SoundError(name, { kind: "codec", codec });
  }
  if (channels < 1 || channels > MAX_CHANNELS) throw refuse(`${channels} channels`);
  if (rate < RATES[0] || rate > RATES[1]) throw refuse(`${rate} samples a second`);
  const { codec } = known;
  if (codec === "ima") {
    // Four bytes of state a channel, then groups of four bytes a channel with eight samples each.
    const groups = blockBytes / (4 * channels) - 1;
    if (!Number.isInteger(groups) || groups < 1) throw refuse(`blocks of ${blockBytes} bytes`);
    return { codec, channels, rate, bits: 4, blockBytes, blockSamples: 1 + 8 * groups };
  }
  // The container counts, not the stated bits: 12 or 20 bits lie at the top of 16 or 24.
  const bits = (8 * blockBytes) / channels;
  if (!known.bits.includes(bits))
    throw refuse(`${blockBytes} bytes for a sample of each of ${channels} channels`);
  return { codec, channels, rate, bits, blockBytes, blockSamples: 1 };
}

function withData(
  format: Format,
  start: number,
  end: number,
  stated: number | undefined,
  size: number,
  name: string,
): WavHeader {
  if (end > size) throw new SoundError(name, { kind: "cutShort" });
  const { codec, channels, blockBytes, blockSamples } = format;
  const whole = Math.floor((end - start) / blockBytes);
  let samples = whole * blockSamples;
  if (codec === "ima") {
    const groups = Math.floor(((end - start) % blockBytes) / (4 * channels)) - 1;
    if (groups >= 0) samples += 1 + 8 * groups;
    // The last block is filled up, and only "fact" says from where on.
    if (stated) samples = Math.min(samples, stated);
  }
  if (samples === 0) throw new SoundError(name, { kind: "silent" });
  return { ...format, start, end, samples };
}
