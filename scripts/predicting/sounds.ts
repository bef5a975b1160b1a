/** Answering what is said in recordings. */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openRecording } from "../../engine/data/audio/openRecording.ts";
import { decodeWavPieces } from "../../engine/data/audio/wav.ts";
import { NacreError } from "../../engine/errors.ts";
import { judgeRecording } from "../../engine/release/judgeRecording.ts";
import { loadSoundRelease, type SoundClassifier } from "../../engine/release/loadSound.ts";
import type { Opinion } from "../../engine/release/opinion.ts";
import type { Answering, Asked } from "./kind.ts";

/** Answers WAV files, folders of them, or one on stdin, as `Answer` says; a long recording has an answer for each word. */
export async function answerSounds({ folder, inputs, threads }: Asked): Promise<Answering> {
  const classifier = await loadSoundRelease(folder, { threads });
  const files = (await Promise.all(inputs.map(recordingsIn))).flat();
  if (files.length === 0)
    throw new NacreError(
      "input",
      `There are no WAV files in ${inputs.join(", ")}. Name files or a folder that holds some.`,
    );
  return {
    manifest: classifier.manifest,
    count: files.length, // more where a long recording has many words
    unit: "answers",
    opinions: opinionsOf(classifier, files),
  };
}

/** The WAV files that an argument names: itself, or those below a folder, sorted by name. */
async function recordingsIn(path: string): Promise<string[]> {
  const isFolder = path !== "-" && (await stat(path).catch(() => undefined))?.isDirectory();
  if (!isFolder) return [path];
  const below = await readdir(path, { recursive: true });
  return below
    .filter((name) => /(^|\/)[^./][^/]*\.wave?$/i.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function* opinionsOf(
  classifier: SoundClassifier,
  files: readonly string[],
): AsyncGenerator<readonly Opinion[]> {
  try {
    for (const file of files) yield* opinionsOn(classifier, file);
  } finally {
    await classifier.dispose();
  }
}

/** What is said in one recording, or why it cannot be used. */
async function* opinionsOn(classifier: SoundClassifier, file: string): AsyncGenerator<readonly Opinion[]> {
  try {
    const recording = file === "-" ? await readStdin() : await openRecording(file);
    const name = file === "-" ? "stdin" : file;
    try {
      for await (const heard of judgeRecording(classifier, name, decodeWavPieces(recording, name)))
        yield [heard];
    } finally {
      if ("close" in recording) await recording.close();
    }
  } catch (error) {
    if (!(error instanceof NacreError)) throw error;
    yield [{ name: file, answer: error }];
  }
}

async function readStdin(): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return new Blob(chunks);
}
