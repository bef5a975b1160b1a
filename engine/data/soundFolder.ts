import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { type ClassFolder, type FileKind, type ScanOptions, scanFolder } from "./folder.ts";

/** Labelled recordings found in a folder. */
export interface SoundFolder extends ClassFolder {
  /** WAV files of background noise, sorted: what lies in `noise/` beside the splits. */
  readonly noises: readonly string[];
  /** Those that are left for measuring: their names begin with `test` or `val`. */
  readonly heldOutNoises: readonly string[];
}

/** Where background noise lies. In a folder without splits, `noise` is a class like any other. */
const NOISE = "noise";

const RECORDINGS: FileKind = {
  plural: "recordings",
  readable: new Set([".wav", ".wave"]),
  unreadable: new Set(
    [".mp3", ".m4a", ".aac", ".ogg", ".opus", ".flac", ".webm", ".aif", ".aiff", ".wma", ".amr", ".caf"],
  ),
  example: "recording.wav",
  saveAs: "WAV",
  beside: [NOISE],
}; // biome-ignore format: a list

/**
 * Finds the recordings of `{train,val,test}/<word>/` or plain `<word>/` folders by their names, as `scanFolder` says,
 * and background noise beside the splits.
 *
 * @throws NacreError "input" naming what does not fit
 */
export async function scanSoundFolder(directory: string, options?: ScanOptions): Promise<SoundFolder> {
  const folder = await scanFolder(directory, RECORDINGS, options);
  const beside = join(directory, NOISE);
  if (folder.splits.all || !existsSync(beside)) return { ...folder, noises: [], heldOutNoises: [] };
  const names = (await readdir(beside)).filter(
    (name) => RECORDINGS.readable.has(extname(name).toLowerCase()) && !name.startsWith("."),
  );
  const paths = (heldOut: boolean) =>
    names
      .filter((name) => /^(test|val)/i.test(name) === heldOut)
      .sort()
      .map((name) => join(beside, name));
  return { ...folder, noises: paths(false), heldOutNoises: paths(true) };
}
