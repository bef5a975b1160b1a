import { evaluationBatches } from "../data/evaluation.ts";
import { type ImageInput, pictureDims } from "../data/image/normalise.ts";
import type { Sample } from "../data/sample.ts";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Rng } from "../random.ts";
import { float32, type Runtime, type Tensors } from "../runtime/runtime.ts";
import { fitTemperature, softmax } from "../train/calibration.ts";
import { IMAGE, inferenceModel, LOGITS, runOver } from "../train/evaluate.ts";
import { measure, wilson } from "../train/metrics.ts";
import type { Weights } from "../train/weights.ts";
import { type Arithmetics, eachArithmetic, inEachArithmetic } from "./arithmetics.ts";
import { type Comparison, modelCard } from "./card.ts";
import { withClassMaps } from "./class-maps.ts";
import { externalise } from "./externalise.ts";
import {
  classMeans,
  FAMILIARITY,
  KEPT_ON_VAL,
  reachedBy,
  withFamiliarity,
  withLearnedDoubt,
} from "./familiarity.ts";
import { FEATURES, withFeatures } from "./features.ts";
import { foldBatchNorm } from "./fold.ts";
import { goldenInput } from "./golden.ts";
import { withTwoLooks } from "./looks.ts";
import type { Manifest, PictureManifest } from "./manifest.ts";
import { type Pool, pool } from "./pool.ts";
import { SOURCE, type SourceHead, withSourceHead } from "./recall.ts";
import { measureSpeed } from "./speed.ts";
import { entryOf, writeRelease } from "./writeRelease.ts";

/** A trained network, by its name, and its weights. */
export interface Trained {
  readonly network: string;
  readonly weights: Weights;
  /** The last layer of the weights that training came from, where what those knew is to answer along. */
  readonly sourceHead?: SourceHead;
}

/** What a release is made of. */
export interface ReleaseOptions {
  /** The folder to make; its name is the version. */
  readonly folder: string;
  readonly about: Pick<
    Manifest,
    "task" | "version" | "variant" | "network" | "title" | "classes" | "licence"
  >;
  readonly weights: Weights;
  /** As a trained network has it. */
  readonly sourceHead?: SourceHead;
  /** How much weight what the first weights knew has beside the networks' answer, 1 by default. */
  readonly recall?: number;
  /** A second network for the same classes, whose answers are mixed in as far as val gains by it. */
  readonly second?: Trained;
  readonly size: number;
  readonly fit: ImageInput["fit"];
  /** Whether each answer is the mean of two looks, at the whole picture and at its middle in the mirror, in twice the time. */
  readonly twoLooks: boolean;
  /** Whether strangers were among the training pictures, so that the network doubts them by itself. */
  readonly strangers: boolean;
  /** Pictures to find the activations' ranges on, never those that are reported on. */
  readonly train: readonly Sample[];
  /** Pictures to fit the temperature on. */
  readonly val: readonly Sample[];
  /** Pictures to report on, with what to call them. */
  readonly test: { readonly split: string; readonly samples: readonly Sample[] };
  readonly runtime: Runtime;
  readonly workers: number;
  readonly seed: number;
  readonly report?: (stage: string, done: number, of: number) => void;
}

/** Pictures that calibration looks at. */
const CALIBRATION = 256;
/** Pictures of each class that say what its features are like: twice as many tell strangers no better. */
const TYPICAL = 16;
/** Pictures of each class that say which source classes it looks like. */
const REMEMBERED = 64;
/** The least familiar of fewer validation pictures is often more familiar than one more would be; training's join them. */
const ENOUGH_TO_KNOW = 1 / (1 - KEPT_ON_VAL);
const BATCH = 4;
const GOLDEN_SEEDS = [1, 2, 3];
/**
 * How far from the golden logits another device may be. Float arithmetic agrees to 1e-3; integer kernels
 * round at other places on other processors, which moves logits by some tenths without moving answers.
 */
const GOLDEN_TOLERANCE = 0.75;

/**
 * Makes a release from trained weights: folds batch norms, finds the ranges of activations, rounds weights
 * to 8 bits, fits the temperature, measures, and writes everything under a temporary name before the
 * folder gets its own. Throws NacreError("storage").
 */
export async function buildRelease(
  options: ReleaseOptions,
): Promise<{ manifest: PictureManifest; comparison: Comparison }> {
  const { folder, about, size, fit, twoLooks, runtime, workers, report = () => {} } = options;
  const classes = about.classes.length;
  const rng = new Rng(options.seed);
  const order = [...rng.fork("calibration").permutation(options.train.length)];
  const shuffled = order.map((i) => options.train[i]!);

  const inputOf = ({ network }: Pick<Trained, "network">): PictureManifest["input"] => {
    const { mean, std } = networkOf(network, classes);
    return { kind: "image", size, fit, mean: [...mean], std: [...std] };
  };
  const mapped = ({ network, weights, sourceHead }: Trained) => {
    const layer = classifier(networkOf(network, classes));
    const model = withClassMaps(foldBatchNorm(inferenceModel(layer, size, weights)));
    return sourceHead ? withSourceHead(model, sourceHead) : model;
  };
  const chosen = shuffled.slice(0, CALIBRATION);
  const rounded = (float: OnnxModel, input: PictureManifest["input"]) =>
    inEachArithmetic(
      float,
      feeds(chosen, input, workers, (n) => report("calibrating", n, chosen.length)),
      runtime,
    );

  const input = inputOf(about);
  const { second, recall = 1 } = options;
  const trained = { network: about.network, weights: options.weights, sourceHead: options.sourceHead };
  const own = mapped(trained);
  const familiar = async () => {
    const typical = someOfEach(shuffled, classes, TYPICAL);
    const { outputs: pooled, labels } = await runOver(
      withFeatures(own),
      evaluationBatches(typical, input, { batch: BATCH, workers }),
      runtime,
      (n) => report("learning what is familiar", n, typical.length),
    );
    return withFamiliarity(own, classMeans(pooled[FEATURES]!, labels, classes), classes);
  };
  const first = await rounded(options.strangers ? withLearnedDoubt(own) : await familiar(), input);
  const looking = twoLooks ? withTwoLooks : (model: OnnxModel) => model;
  const asServed = (input: PictureManifest["input"]) =>
    twoLooks ? { ...input, fit: "both" as const } : input;
  const served = asServed(input);
  const answers = async (
    model: OnnxModel,
    samples: readonly Sample[],
    stage: string,
    { by = served, external = {} }: { by?: ImageInput; external?: Readonly<Record<string, Uint8Array>> } = {},
  ) => {
    const batches = evaluationBatches(samples, by, { batch: BATCH, workers });
    return runOver(model, batches, runtime, (n) => report(stage, n, samples.length), external);
  };
  /** A network with what it says of val by itself, and of some training pictures in source classes. */
  const member = async (
    { network, sourceHead }: Trained,
    models: Arithmetics<OnnxModel>,
    input: PictureManifest["input"],
  ) => {
    const by = asServed(input);
    const val = await answers(looking(models.wasm), options.val, `asking ${network} alone`, { by });
    const { [LOGITS]: logits, [SOURCE]: source } = val.outputs;
    if (!sourceHead) return { network, models, input, logits: logits!, labels: val.labels };
    const some = someOfEach(shuffled, classes, REMEMBERED);
    const train = await answers(models.wasm, some, `asking what ${network} remembers`, { by: input });
    const sources = {
      val: { source: source!, labels: val.labels },
      train: { source: train.outputs[SOURCE]!, labels: train.labels },
    };
    return { network, models, input, logits: logits!, labels: val.labels, sources };
  };
  const pooled = async (): Promise<Pool> => {
    const one = await member(trained, first, input);
    if (!second) return pool([one], one.labels, classes, looking, recall);
    const seen = inputOf(second);
    const two = await member(second, await rounded(mapped(second), seen), seen);
    return pool([one, two], one.labels, classes, looking, recall);
  };
  const { models: made, ...shares }: Pool =
    second || trained.sourceHead ? await pooled() : { models: eachArithmetic((of) => looking(first[of])) };
  const { models, weights } = externalise([made.wasm, made.webgpu] as const, "weights.bin");
  const external = { "weights.bin": weights };

  const val = await answers(models[0], options.val, "fitting the temperature", { external });
  const temperature = fitTemperature(val.outputs[LOGITS]!, val.labels, classes);
  let threshold = reachedBy(val.outputs[FAMILIARITY]!, KEPT_ON_VAL);
  if (val.labels.length < ENOUGH_TO_KNOW) {
    const others = shuffled.slice(0, CALIBRATION);
    const { outputs } = await answers(models[0], others, "looking at what is known", { external });
    const all = Float32Array.of(...val.outputs[FAMILIARITY]!, ...outputs[FAMILIARITY]!);
    threshold = Math.min(threshold, reachedBy(all, KEPT_ON_VAL));
  }
  const fares = async (model: OnnxModel, stage: string) => {
    const { outputs, labels } = await answers(model, options.test.samples, stage, { external });
    const probabilities = softmax(outputs[LOGITS]!, temperature, classes);
    const known = outputs[FAMILIARITY]!.filter((familiarity) => familiarity >= threshold).length;
    return {
      ...measure(probabilities, labels, classes, rng.fork("bootstrap")),
      kept: wilson(known, labels.length),
    };
  };
  const comparison: Comparison = {
    float32: await fares(made.float32, "measuring float32"),
    webgpu: await fares(models[1], "measuring 8-bit weights"),
    wasm: await fares(models[0], "measuring 8-bit arithmetic"),
  };

  const files = {
    "wasm.onnx": encodeModel(models[0]),
    "webgpu.onnx": encodeModel(models[1]),
    "weights.bin": weights,
  };
  const { top1, top5, macroF1, ece, reliability, n } = comparison.wasm;
  const picture = float32(goldenInput(GOLDEN_SEEDS[0]!, served), [1, ...pictureDims(served)]);
  const manifest: PictureManifest = {
    format: 1,
    ...about,
    created: new Date().toISOString(),
    ...shares,
    input: served,
    temperature,
    known: { threshold, kept: comparison.wasm.kept },
    graphs: {
      wasm: entryOf("wasm.onnx", files["wasm.onnx"]),
      webgpu: entryOf("webgpu.onnx", files["webgpu.onnx"]),
    },
    weights: entryOf("weights.bin", weights),
    golden: await golden(models, external, served, runtime),
    speed: await measureSpeed(files["wasm.onnx"], external, (session) => session.run({ [IMAGE]: picture })),
    goldenTolerance: GOLDEN_TOLERANCE,
    metrics: { split: options.test.split, n, top1, top5, macroF1, ece, reliability: [...reliability] },
  };
  await writeRelease(folder, manifest, modelCard(manifest, comparison), files);
  return { manifest, comparison };
}

/** Up to `count` samples of each class, in their order. */
function someOfEach(samples: readonly Sample[], classes: number, count: number): Sample[] {
  const taken = new Array<number>(classes).fill(0);
  return samples.filter(({ label }) => taken[label]!++ < count);
}

async function* feeds(
  samples: readonly Sample[],
  input: ImageInput,
  workers: number,
  onProgress: (done: number) => void,
): AsyncGenerator<Tensors> {
  for await (const { start, images, labels } of evaluationBatches(samples, input, {
    batch: BATCH,
    workers,
  })) {
    yield { [IMAGE]: float32(images, [labels.length, 3, input.size, input.size]) };
    onProgress(start + labels.length);
  }
}

/** The logits of the golden inputs by both graphs, as the processor computes them. */
async function golden(
  [wasm, webgpu]: readonly [OnnxModel, OnnxModel],
  external: Readonly<Record<string, Uint8Array>>,
  input: PictureManifest["input"],
  runtime: Runtime,
): Promise<PictureManifest["golden"]> {
  const answers = async (model: OnnxModel) => {
    const session = await runtime.load(encodeModel(model), { external });
    const rows: number[][] = [];
    for (const seed of GOLDEN_SEEDS) {
      const image = float32(goldenInput(seed, input), [1, ...pictureDims(input)]);
      const { [LOGITS]: logits } = await session.run({ [IMAGE]: image });
      rows.push(Array.from(logits!.data as Float32Array, (value) => Number(value.toFixed(4))));
    }
    await session.dispose();
    return rows;
  };
  const [integers, floats] = [await answers(wasm), await answers(webgpu)];
  return GOLDEN_SEEDS.map((seed, i) => ({ seed, wasm: integers[i]!, webgpu: floats[i]! }));
}
