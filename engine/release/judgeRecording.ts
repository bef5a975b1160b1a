import { toClip } from "../data/audio/clip.ts";
import { Resampler } from "../data/audio/resample.ts";
import type { Sound } from "../data/audio/sound.ts";
import { Listener } from "../listen/listener.ts";
import { softmax } from "../train/calibration.ts";
import { wordsOf } from "./kinds.ts";
import type { SoundClassifier } from "./loadSound.ts";
import type { Judgement } from "./opinion.ts";
import { USUAL_THRESHOLD } from "./wordThreshold.ts";

/** A recording up to this many times as long as the network's clips is one word; in a longer one words are looked for. */
const LONGEST_WORD = 2.5;

/** So much quiet, in clips, is heard behind a recording. */
const QUIET = 0.5;

/** What a release thinks of a recording, or of a place in it. */
export interface Heard {
  /** How the recording is called, with the place: as media fragments are (W3C, Media Fragments URI 1.0). */
  readonly name: string;
  readonly answer: Judgement;
}

/**
 * What is said in a recording. A short one is one word. A long one is listened to like a microphone, in memory that
 * does not depend on its length: each word that is heard is an answer of its own, called by the second that it is said
 * in ("talk.wav#t=12.3"). Where none is heard, that is the answer.
 */
export async function* judgeRecording(
  { manifest, classify }: Pick<SoundClassifier, "manifest" | "classify">,
  name: string,
  pieces: AsyncIterable<Sound>,
): AsyncGenerator<Heard> {
  const { rate, samples: length } = manifest.input;
  const words = wordsOf(manifest);
  const probable = async (clip: Float32Array) => softmax(await classify(clip, 1), manifest.temperature);
  const listening = () =>
    new Listener({ rate, samples: length, words, listening: manifest.listening, classify: probable });
  let beginning = new Float32Array();
  let listener: Listener | undefined;
  let heard = 0;
  let seconds = 0;
  let last = new Float32Array(manifest.classes.length);
  const hear = async function* (listener: Listener, samples: Float32Array): AsyncGenerator<Heard> {
    for await (const { detection, at, probabilities } of listener.push(samples)) {
      last = new Float32Array(probabilities);
      if (!detection) continue;
      heard++;
      yield { name: `${name}#t=${Math.min(at, seconds).toFixed(1)}`, answer: { probabilities, known: true } };
    }
  };
  for await (const samples of atRate(pieces, rate)) {
    seconds += samples.length / rate;
    let fresh = samples;
    if (!listener) {
      beginning = fresh = joined(beginning, samples);
      if (beginning.length <= LONGEST_WORD * length) continue;
      listener = listening();
    }
    yield* hear(listener, fresh);
  }
  // A word is heard when it has come to the middle of the window, which the last word of a recording needs quiet for.
  if (listener) yield* hear(listener, new Float32Array(Math.round(QUIET * length)));
  if (!listener) {
    const probabilities = await probable(toClip({ samples: beginning, rate }, { rate, length }));
    const answer = probabilities.indexOf(Math.max(...probabilities));
    const enough = probabilities[answer]! >= (manifest.known?.threshold ?? USUAL_THRESHOLD);
    yield { name, answer: { probabilities, known: words.includes(answer) && enough } };
  } else if (heard === 0) yield { name, answer: { probabilities: last, known: false } };
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

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
