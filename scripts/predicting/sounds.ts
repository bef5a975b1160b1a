/** Answering what is said in recordings. */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { toClip } from "../../engine/data/audio/clip.ts";
import { openRecording } from "../../engine/data/audio/openRecording.ts";
import { Resampler } from "../../engine/data/audio/resample.ts";
import type { Sound } from "../../engine/data/audio/sound.ts";
import { decodeWavPieces } from "../../engine/data/audio/wav.ts";
import { NacreError } from "../../engine/errors.ts";
import { Listener } from "../../engine/listen/listener.ts";
import { wordsOf } from "../../engine/release/kinds.ts";
import { loadSoundRelease, type SoundClassifier } from "../../engine/release/loadSound.ts";
import { USUAL_THRESHOLD } from "../../engine/release/wordThreshold.ts";
import { softmax } from "../../engine/train/calibration.ts";
import type { Answering, Asked, Opinion } from "./kind.ts";

/** A recording up to this many times as long as the network's clips is one word; in a longer one words are looked for. */
const LONGEST_WORD = 2.5;

/**
 * Answers WAV files, folders of them, or one on stdin, as `Answer` says. A short recording is one word. A long one is
 * listened to like a microphone, in memory that does not depend on its length: each word that is heard is an answer,
 * called by the file and, as media fragments are (W3C, Media Fragments URI 1.0), the second: "talk.wav#t=12.3".
 */
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
    if (file === "-") {
      yield* hear(
        classifier,
        "stdin",
        decodeWavPieces(new Blob([new Uint8Array(await readStdin())]), "stdin"),
      );
      return;
    }
    const recording = await openRecording(file);
    try {
      yield* hear(classifier, file, decodeWavPieces(recording, file));
    } finally {
      await recording.close();
    }
  } catch (error) {
    if (!(error instanceof NacreError)) throw error;
    yield [{ name: file, answer: error }];
  }
}

async function* hear(
  { manifest, classify }: SoundClassifier,
  name: string,
  pieces: AsyncIterable<Sound>,
): AsyncGenerator<readonly Opinion[]> {
  const { rate, samples: length } = manifest.input;
  const words = wordsOf(manifest);
  const probable = async (clip: Float32Array) => softmax(await classify(clip, 1), manifest.temperature);
  const opinion = (at: string, probabilities: Float32Array, known: boolean): Opinion[] => [
    { name: at, answer: { probabilities, known } },
  ];
  const listening = () =>
    new Listener({ rate, samples: length, words, listening: manifest.listening, classify: probable });
  let [beginning, listener, heard]: [Float32Array, Listener | undefined, number] = [
    new Float32Array(),
    undefined,
    0,
  ];
  let last = new Float32Array(manifest.classes.length);
  for await (const samples of atRate(pieces, rate)) {
    let fresh = samples;
    if (!listener) {
      beginning = fresh = joined(beginning, samples);
      if (beginning.length <= LONGEST_WORD * length) continue;
      listener = listening();
    }
    for await (const { detection, at, probabilities } of listener.push(fresh)) {
      last = new Float32Array(probabilities);
      if (!detection) continue;
      heard++;
      yield opinion(`${name}#t=${at.toFixed(1)}`, probabilities, true);
    }
  }
  if (!listener) {
    const probabilities = await probable(toClip({ samples: beginning, rate }, { rate, length }));
    const answer = probabilities.indexOf(Math.max(...probabilities));
    const enough = probabilities[answer]! >= (manifest.known?.threshold ?? USUAL_THRESHOLD);
    yield opinion(name, probabilities, words.includes(answer) && enough);
  } else if (heard === 0) yield opinion(name, last, false);
}

/** Pieces of a recording at another rate. */
async function* atRate(pieces: AsyncIterable<Sound>, rate: number): AsyncGenerator<Float32Array> {
  let resampler: Resampler | undefined;
  for await (const piece of pieces) {
    if (piece.rate !== rate) resampler ??= new Resampler(piece.rate, rate);
    yield resampler?.push(piece.samples) ?? piece.samples;
  }
  if (resampler) yield resampler.finish();
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const whole = new Float32Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
