import { zipSync } from "fflate";
import { resample } from "../../engine/data/audio/resample.ts";
import type { Sound } from "../../engine/data/audio/sound.ts";
import { encodeWav } from "../../engine/data/audio/wav.ts";

/** A recording of a word that somebody spoke. */
export interface Sample {
  /** No two of a page share it. */
  readonly key: number;
  readonly word: string;
  readonly sound: Sound;
  /** When it was recorded. */
  readonly recorded: Date;
}

/** Folders that training takes for "any other word" and "nothing but the room". */
export const OTHER_WORDS = "_unknown_";
export const BACKGROUND = "_background_noise_";

/**
 * Recordings as the zip file that training reads once it is unpacked: <word>/<time>-<number>.wav, 16 kHz, 16 bits, one
 * channel. The names hold the time, so that several such files can be unpacked into one folder.
 */
export function zipSamples(samples: readonly Sample[]): Uint8Array<ArrayBuffer> {
  const files: Record<string, Uint8Array> = {};
  for (const { key, word, sound, recorded } of samples) {
    const time = recorded.toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
    files[`${folderName(word)}/${time}-${key}.wav`] = encodeWav(resample(sound));
  }
  return zipSync(files, { level: 6 }) as Uint8Array<ArrayBuffer>;
}

/** A word as the name of a folder on any system: what Windows, macOS or Linux forbid there becomes a hyphen. */
export function folderName(word: string): string {
  const name = word
    .normalize("NFC")
    .trim()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    .replaceAll(/[\0-\x1f<>:"/\\|?*]+/g, "-")
    .replaceAll(/^\.+|[. ]+$/g, "");
  return name === "" ? "-" : name;
}
