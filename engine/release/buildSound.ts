import { fitLength } from "../data/audio/clip.ts";
import { readRecording } from "../data/readRecording.ts";
import type { Sample } from "../data/sample.ts";
import type { ListenerOptions } from "../listen/listener.ts";
import { answersTo, type ListeningFigures, listeningCurve } from "../listen/measureListening.ts";
import { noiseStream, practiceStream } from "../listen/practice.ts";
import { soundNetworkOf } from "../networks/sounds.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { fitTemperature, softmax } from "../train/calibration.ts";
import { LOGITS } from "../train/evaluate.ts";
import { measure, wilson } from "../train/metrics.ts";
import { answersOf, SOUND, soundModel } from "../train/soundCurriculum.ts";
import type { Weights } from "../train/weights.ts";
import { externalise } from "./externalise.ts";
import { foldBatchNorm } from "./fold.ts";
import { goldenSound } from "./goldenSound.ts";
import { wordsOf } from "./kinds.ts";
import type { SoundManifest } from "./manifest.ts";
import { quantiseWeights } from "./quantise-weights.ts";
import { soundCard } from "./soundCard.ts";
import { measureSpeed } from "./speed.ts";
import { acceptance, chooseThreshold } from "./wordThreshold.ts";
import { entryOf, writeRelease } from "./writeRelease.ts";

/** What recordings are chosen or reported on, with the background that belongs to them. */
export interface HeldOut {
  readonly samples: readonly Sample[];
  /** WAV files without words. */
  readonly noises: readonly string[];
}

/** What a release that listens is made of. */
export interface SoundReleaseOptions {
  /** The folder to make; its name is the version. */
  readonly folder: string;
  readonly about: Pick<
    SoundManifest,
    "task" | "version" | "variant" | "network" | "title" | "classes" | "licence" | "input"
  >;
  readonly weights: Weights;
  /** Recordings to fit the temperature and to choose thresholds on. */
  readonly val: HeldOut;
  /** Recordings to report on, with what to call them. */
  readonly test: HeldOut & { readonly split: string };
  readonly runtime: Runtime;
  readonly seed: number;
  readonly report?: (stage: string, done: number, of: number) => void;
}

const GOLDEN_SEEDS = [1, 2, 3];
/** Float arithmetic agrees to 1e-3 on all devices that were tried; this is far below what could change an answer. */
const GOLDEN_TOLERANCE = 0.02;

/** A tenth of a second between windows costs a tenth of a core and delays a word less than people notice. */
const LISTENING = { hop: 0.1, smoothing: 4, refractory: 0.5 };
const THRESHOLDS = [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
/** The threshold is the least at which background is taken for words no more often than this. */
const FALSE_PER_HOUR = 20;
/** Words in practice streams, and seconds of background beside them. */
const PRACTICE_WORDS = 240;
const PRACTICE_BACKGROUND = 240;

/**
 * Makes a release from trained weights: folds batch norms, rounds weights to 8 bits, fits the temperature and chooses
 * thresholds on val, measures on test, and writes the folder. Throws NacreError("storage").
 */
export async function buildSoundRelease(options: SoundReleaseOptions): Promise<SoundManifest> {
  const { folder, about, weights, val, test, runtime, report = () => {} } = options;
  const { input, classes } = about;
  const length = { rate: input.rate, length: input.samples };
  const rng = new Rng(options.seed);
  const network = soundNetworkOf(about.network, classes.length);
  const float = foldBatchNorm(soundModel(network, input.samples, weights));
  const {
    models: [model],
    weights: constants,
  } = externalise([quantiseWeights(float)] as const, "weights.bin");
  const external = { "weights.bin": constants };
  const graph = encodeModel(model);

  const answers = (of: typeof model, { samples }: HeldOut, stage: string) =>
    answersOf(of, samples, length, runtime, (n) => report(stage, n, samples.length), external);
  const onVal = await answers(model, val, "fitting the temperature");
  const temperature = fitTemperature(onVal.logits, onVal.labels, classes.length);
  const probable = (logits: Float32Array) => softmax(logits, temperature, classes.length);
  const kinds = { words: wordsOf(about), unknown: indexOf(about, input.unknown) };
  const threshold = chooseThreshold(probable(onVal.logits), onVal.labels, kinds, classes.length);
  const onTest = await answers(model, test, "measuring 8-bit weights");
  const fares = (logits: Float32Array) =>
    measure(probable(logits), onTest.labels, classes.length, rng.fork("bootstrap"));
  const wasm = fares(onTest.logits);
  const exact = fares((await answers(float, test, "measuring float32")).logits);
  const kept = acceptance(probable(onTest.logits), onTest.labels, kinds, classes.length, threshold);

  const session = await runtime.load(graph, { external });
  const classify = async (clip: Float32Array) => {
    const { [LOGITS]: logits } = await session.run({ [SOUND]: float32(clip, [1, clip.length]) });
    return logits!.data as Float32Array;
  };
  const golden: { seed: number; wasm: number[] }[] = [];
  for (const seed of GOLDEN_SEEDS) {
    const logits = await classify(goldenSound(seed, input.samples));
    golden.push({ seed, wasm: Array.from(logits, (value) => Number(value.toFixed(4))) });
  }
  const listener: ListenerOptions = {
    rate: input.rate,
    samples: input.samples,
    words: kinds.words,
    listening: { ...LISTENING, threshold: 0.5 },
    classify: async (window) => probable(await classify(window)),
  };
  const chosen = await practise(val, listener, rng.fork("val"));
  const listening = {
    ...LISTENING,
    threshold: (chosen.find(({ falsePerHour }) => falsePerHour <= FALSE_PER_HOUR) ?? chosen.at(-1)!)
      .threshold,
    curve: rounded(await practise(test, listener, rng.fork("test"))),
  };
  await session.dispose();

  const { top1, top5, macroF1, ece, reliability, n } = wasm;
  const clip = goldenSound(GOLDEN_SEEDS[0]!, input.samples);
  const manifest: SoundManifest = {
    format: 1,
    ...about,
    created: new Date().toISOString(),
    temperature,
    known: { threshold, kept: wilson(...kept.words), accepted: kept.others && wilson(...kept.others) },
    listening,
    graphs: { wasm: entryOf("wasm.onnx", graph) },
    weights: entryOf("weights.bin", constants),
    golden,
    speed: await measureSpeed(graph, external, (session) =>
      session.run({ [SOUND]: float32(clip, [1, clip.length]) }),
    ),
    goldenTolerance: GOLDEN_TOLERANCE,
    metrics: { split: test.split, n, top1, top5, macroF1, ece, reliability: [...reliability] },
  };
  const files = { "wasm.onnx": graph, "weights.bin": constants };
  await writeRelease(folder, manifest, soundCard(manifest, exact, wasm), files);
  return manifest;
}

const indexOf = ({ classes }: Pick<SoundManifest, "classes">, id: string | undefined): number =>
  classes.findIndex((one) => one.id === id);

/** Listens to words in noise and to noise alone, made of held-out recordings. */
async function practise(
  { samples, noises: paths }: HeldOut,
  options: ListenerOptions,
  rng: Rng,
): Promise<ListeningFigures[]> {
  const { rate, words } = options;
  const said = samples.filter(({ label }) => words.includes(label));
  const order = [...rng.fork("words").permutation(said.length)].slice(0, PRACTICE_WORDS);
  const clips = await Promise.all(
    order.map(async (i) => ({
      samples: fitLength(await readRecording(said[i]!.path, rate), options.samples),
      label: said[i]!.label,
    })),
  );
  const noises =
    paths.length > 0 ? await Promise.all(paths.map((path) => readRecording(path, rate))) : [hiss(rate, rng)];
  const length = options.samples / rate;
  const stream = practiceStream({
    ...{ clips, noises, rate, rng: rng.fork("spoken") },
    every: [length + 1, length + 2],
    snr: [5, 20],
  });
  const spoken = { words: stream.words, ...(await answersTo(stream.samples, options)) };
  const background = noiseStream(noises, PRACTICE_BACKGROUND, rate, rng.fork("background"));
  return listeningCurve(spoken, await answersTo(background, options), options, THRESHOLDS);
}

/** Ten seconds of quiet white noise, where nobody recorded any background. */
function hiss(rate: number, rng: Rng): Float32Array {
  const noise = rng.fork("hiss");
  return Float32Array.from({ length: 10 * rate }, () => 0.003 * noise.normal());
}

const rounded = (curve: readonly ListeningFigures[]): ListeningFigures[] =>
  curve.map(({ threshold, missed, falsePerHour, latency }) => ({
    threshold,
    missed: Number(missed.toFixed(4)),
    falsePerHour: Number(falsePerHour.toFixed(1)),
    latency: Number(latency.toFixed(3)),
  }));
