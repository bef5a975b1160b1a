import type { TextSample } from "../data/text/texts.node.ts";
import type { Tokeniser } from "../data/text/tokeniser.ts";
import { textNetworkOf } from "../networks/texts.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Rng } from "../random.ts";
import { classifyTexts } from "../read/textClassifier.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { fitTemperature, softmax } from "../train/calibration.ts";
import { measure, wilson } from "../train/metrics.ts";
import { sourceFigures } from "../train/sourceFigures.ts";
import type { TextConfig } from "../train/textConfig.ts";
import { textModel } from "../train/textCurriculum.ts";
import type { Weights } from "../train/weights.ts";
import { contributionsModel } from "./contributions.ts";
import { externalise } from "./externalise.ts";
import { reachedBy } from "./familiarity.ts";
import type { TextManifest } from "./manifest.ts";
import { quantiseWeights } from "./quantise-weights.ts";
import { shareWeights } from "./shareWeights.ts";
import { measureSpeed } from "./speed.ts";
import { textCard } from "./textCard.ts";
import { entryOf, writeRelease } from "./writeRelease.ts";

/** What a release that reads texts is made of. */
export interface TextReleaseOptions {
  /** The folder to make; its name is the version. */
  readonly folder: string;
  readonly about: Pick<
    TextManifest,
    "task" | "version" | "variant" | "network" | "title" | "classes" | "licence"
  >;
  readonly config: TextConfig;
  readonly tokeniser: Tokeniser;
  readonly weights: Weights;
  /** Texts to fit the temperature on, and what is known. */
  readonly val: readonly TextSample[];
  /** Texts to report on, with what to call them. */
  readonly test: { readonly split: string; readonly samples: readonly TextSample[] };
  readonly runtime: Runtime;
  readonly seed: number;
  readonly report?: (stage: string, done: number, of: number) => void;
}

/** What every device must answer alike: words, signs, two scripts, what is unknown, and more than one window. */
const GOLDEN_TEXTS = [
  "Not good at all: the food was cold & the waiter rude!!! 😡",
  "这家酒店很干净，服务也好，下次还会来的。房间不大，不过安静。",
  "We arrived on Tuesday. 我们星期二到的。",
  `${"A slow, quiet film that some will call boring and others will love. ".repeat(30)}I loved it.`,
];
/** Float arithmetic agrees to 1e-3 on all devices that were tried; this is far below what could change an answer. */
const GOLDEN_TOLERANCE = 0.02;
/** The share of the validation texts that count as known: slang and names differ more between sources than languages do. */
const KEPT_ON_VAL = 0.995;
/** Texts that are read together. */
const BATCH = 256;

/**
 * Makes a release from trained weights: rounds weights to 8 bits, fits the temperature and what counts as known on
 * val, measures on test, and writes the folder. Throws NacreError("storage").
 */
export async function buildTextRelease(options: TextReleaseOptions): Promise<TextManifest> {
  const { folder, about, config, tokeniser, weights, val, test, runtime, report = () => {} } = options;
  const classes = about.classes.length;
  const float = textModel(config, classes, tokeniser.size, weights);
  const small = quantiseWeights(float);
  const { options: sizes } = textNetworkOf(config, classes, tokeniser.size);
  const {
    models: [answering, explaining],
    weights: constants,
  } = externalise([small, shareWeights(contributionsModel(sizes, weights), small)] as const, "weights.bin");
  const external = { "weights.bin": constants };
  const { grams, window } = config;

  const answers = async (model: OnnxModel, samples: readonly Pick<TextSample, "text">[], stage: string) => {
    const session = await runtime.load(encodeModel(model), { external });
    const reader = { tokeniser, grams, window, classes, session };
    const logits = new Float32Array(samples.length * classes);
    const known = new Float32Array(samples.length);
    for (let at = 0; at < samples.length; at += BATCH) {
      const texts = samples.slice(at, at + BATCH).map(({ text }) => text);
      for (const [i, opinion] of (await classifyTexts(reader, texts)).entries()) {
        logits.set(opinion.logits, (at + i) * classes);
        known[at + i] = opinion.known;
      }
      report(stage, at + texts.length, samples.length);
    }
    await session.dispose();
    return { logits, known };
  };
  const labelsOf = (samples: readonly TextSample[]) => Int32Array.from(samples, ({ label }) => label);
  const onVal = await answers(answering, val, "fitting the temperature");
  const temperature = fitTemperature(onVal.logits, labelsOf(val), classes);
  const threshold = reachedBy(onVal.known, KEPT_ON_VAL);

  const rng = new Rng(options.seed);
  const labels = labelsOf(test.samples);
  const fares = (logits: Float32Array) => {
    const probabilities = softmax(logits, temperature, classes);
    return { probabilities, ...measure(probabilities, labels, classes, rng.fork("bootstrap")) };
  };
  const onTest = await answers(answering, test.samples, "measuring 8-bit weights");
  const wasm = fares(onTest.logits);
  const exact = fares((await answers(float, test.samples, "measuring float32")).logits);
  const kept = onTest.known.filter((share) => share >= threshold).length;
  const golden = await answers(
    answering,
    GOLDEN_TEXTS.map((text) => ({ text })),
    "golden answers",
  );

  const vocabulary = new TextEncoder().encode(JSON.stringify(tokeniser));
  const [graph, why] = [answering, explaining].map(encodeModel) as [Uint8Array, Uint8Array];
  const { top1, top5, macroF1, ece, reliability, n } = wasm;
  const manifest: TextManifest = {
    format: 1,
    ...about,
    created: new Date().toISOString(),
    input: { kind: "text", window, grams, vocabulary: entryOf("vocabulary.json", vocabulary) },
    temperature,
    known: { threshold, kept: wilson(kept, n) },
    graphs: { wasm: entryOf("wasm.onnx", graph), why: entryOf("why.onnx", why) },
    weights: entryOf("weights.bin", constants),
    golden: GOLDEN_TEXTS.map((text, i) => ({
      text,
      wasm: Array.from(golden.logits.slice(i * classes, (i + 1) * classes), (x) => Number(x.toFixed(4))),
    })),
    speed: await measureSpeed(graph, external, (session) =>
      classifyTexts({ tokeniser, grams, window, classes, session }, GOLDEN_TEXTS.slice(0, 1)),
    ),
    goldenTolerance: GOLDEN_TOLERANCE,
    metrics: { split: test.split, n, top1, top5, macroF1, ece, reliability: [...reliability] },
  };
  const sources = sourceFigures(
    wasm.probabilities,
    labels,
    test.samples.map(({ source }) => source),
    about.classes.map(({ id }) => id),
  );
  await writeRelease(folder, manifest, textCard(manifest, exact, wasm, sources), {
    ...{ "wasm.onnx": graph, "why.onnx": why, "weights.bin": constants, "vocabulary.json": vocabulary },
  });
  return manifest;
}
