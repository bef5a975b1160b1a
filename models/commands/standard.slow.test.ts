import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addNoise, excerpt } from "../../engine/data/audio/augment.ts";
import { fitLength } from "../../engine/data/audio/clip.ts";
import { readRecording } from "../../engine/data/readRecording.ts";
import { scanSoundFolder } from "../../engine/data/soundFolder.ts";
import type { ListenerOptions } from "../../engine/listen/listener.ts";
import { answersTo, listeningCurve } from "../../engine/listen/measureListening.ts";
import { noiseStream, practiceStream } from "../../engine/listen/practice.ts";
import { Rng } from "../../engine/random.ts";
import { wordsOf } from "../../engine/release/kinds.ts";
import { loadSoundRelease, type SoundClassifier } from "../../engine/release/loadSound.ts";
import { acceptance } from "../../engine/release/wordThreshold.ts";
import { findClass } from "../../engine/task.ts";
import { softmax } from "../../engine/train/calibration.ts";
import { measure } from "../../engine/train/metrics.ts";
import task from "./task.ts";

const data = join(import.meta.dirname, "../../../shared/data/commands");
const releases = join(import.meta.dirname, "releases");
const missing = !existsSync(data) || !existsSync(releases);
if (missing) console.warn(`${data} or a release is not here: how good spoken commands are is not tested.`);

describe.skipIf(missing)("the newest standard release on the shared test speakers", () => {
  let classifier: SoundClassifier;
  let clips: { samples: Float32Array; label: number }[];
  let noises: Float32Array[];
  const classes = task.classes.length;

  beforeAll(async () => {
    const versions = (await readdir(releases)).filter((name) => name.startsWith("standard-")).sort();
    classifier = await loadSoundRelease(join(releases, versions.at(-1)!), { threads: 1 });
    const { splits, heldOutNoises } = await scanSoundFolder(data, {
      classes: task.classes.map(({ id }) => id),
      aliases: (name) => task.classes[findClass(task.classes, name)]?.id,
    });
    clips = await Promise.all(
      splits.test!.map(async ({ path, label }) => ({
        samples: fitLength(await readRecording(path, 16_000), 16_000),
        label,
      })),
    );
    const background = splits.test!.filter(({ label }) => task.classes[label]!.id === "silence");
    const paths = [...heldOutNoises, ...background.map(({ path }) => path)];
    noises = await Promise.all(paths.map((path) => readRecording(path, 16_000)));
  });
  afterAll(() => classifier?.dispose());

  /** Probabilities [n, classes] for clips, which may be changed on the way. */
  async function answers(change: (samples: Float32Array, n: number) => Float32Array) {
    const rows = new Float32Array(clips.length * classes);
    for (const [n, { samples }] of clips.entries())
      rows.set(await classifier.classify(change(samples, n), 1), n * classes);
    return softmax(rows, classifier.manifest.temperature, classes);
  }

  test("is small, right about words, and seldom taken in by other words", async () => {
    const { manifest } = classifier;
    expect(manifest.graphs.wasm.bytes + manifest.weights.bytes).toBeLessThan(2e6);
    const probabilities = await answers((samples) => samples);
    const labels = Int32Array.from(clips, ({ label }) => label);
    const { top1, macroF1 } = measure(probabilities, labels, classes, new Rng(1));
    expect(top1.value).toBeGreaterThanOrEqual(0.945);
    expect(macroF1.value).toBeGreaterThanOrEqual(0.95);
    const kinds = { words: wordsOf(manifest), unknown: task.classes.findIndex(({ id }) => id === "unknown") };
    const accepted = acceptance(probabilities, labels, kinds, classes, manifest.known!.threshold);
    expect(accepted.words[0] / accepted.words[1]).toBeGreaterThanOrEqual(0.92);
    expect(accepted.others![0] / accepted.others![1]).toBeLessThanOrEqual(0.06);
  });

  test("hears in noise 10 dB below the word", async () => {
    const rng = new Rng(10);
    const pieces = noises.slice(0, 6);
    const probabilities = await answers((samples, n) => {
      const own = rng.fork(n);
      return addNoise(samples, excerpt(pieces[own.integer(pieces.length)]!, samples.length, own), 10);
    });
    const labels = Int32Array.from(clips, ({ label }) => label);
    expect(measure(probabilities, labels, classes, rng).top1.value).toBeGreaterThanOrEqual(0.87);
  });

  test("hears words in minutes full of noise, soon, and hardly any where there are none", async () => {
    const { input, listening, temperature } = classifier.manifest;
    const words = wordsOf(classifier.manifest);
    const rng = new Rng(11);
    const said = clips.filter(({ label }) => words.includes(label));
    const order = [...rng.fork("order").permutation(said.length)].slice(0, 240);
    const options: ListenerOptions = {
      ...{ rate: input.rate, samples: input.samples, words, listening },
      classify: async (window) => softmax(await classifier.classify(window, 1), temperature),
    };
    const stream = practiceStream({
      ...{ clips: order.map((i) => said[i]!), noises, rate: input.rate, rng: rng.fork("spoken") },
      every: [2, 3],
      snr: [5, 20],
    });
    const background = noiseStream(noises, 300, input.rate, rng.fork("background"));
    const spoken = { words: stream.words, ...(await answersTo(stream.samples, options)) };
    const [figures] = listeningCurve(spoken, await answersTo(background, options), options, [
      listening.threshold,
    ]);
    console.info(figures);
    expect(figures!.missed).toBeLessThanOrEqual(0.1);
    expect(figures!.falsePerHour).toBeLessThanOrEqual(60);
    expect(figures!.latency).toBeLessThanOrEqual(0.4);
  });
});
