import { packByLength } from "../data/text/buckets.ts";
import { columnsOf, withGrams } from "../data/text/grams.ts";
import type { TextSample } from "../data/text/texts.node.ts";
import { FILL, type Tokeniser, UNKNOWN } from "../data/text/tokeniser.ts";
import { NacreError } from "../errors.ts";
import { TOKENS } from "../networks/textClassifier.ts";
import { textNetworkOf } from "../networks/texts.ts";
import type { Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Rng } from "../random.ts";
import { classifyTexts } from "../read/textClassifier.ts";
import { configuredStep } from "./configuredStep.ts";
import type { Curriculum } from "./curriculum.ts";
import { LOGITS } from "./evaluate.ts";
import { networkModel } from "./networkModel.ts";
import type { RunOptions } from "./run.ts";
import type { Steps } from "./session.ts";
import type { TrainingStep } from "./step.ts";
import type { TextConfig } from "./textConfig.ts";
import { drawer, missingClasses } from "./textDraws.ts";
import { judge } from "./validate.ts";
import type { Weights } from "./weights.ts";

/** What a training run on texts takes. */
export interface TextOptions extends RunOptions {
  readonly config: TextConfig;
  readonly train: readonly TextSample[];
  /** What the best epoch is chosen on. */
  readonly val: readonly TextSample[];
  readonly classes: number;
  readonly tokeniser: Tokeniser;
}

/** Steps in one run of the graph: enough to make handing the weights in and out cheap, few enough to stop soon. */
const STEPS_PER_RUN = 8;
/** Texts are filled up to these shares of the window. */
const EDGES = [0.04, 0.08, 0.12, 0.16, 0.24, 0.32, 0.48, 0.64, 0.8, 1];
/** Texts of val that are read together. */
const VAL_BATCH = 256;

/** Texts in batches of like length, with pieces dropped. */
export function textCurriculum(options: TextOptions): Curriculum {
  const { config, train, val, classes, tokeniser, runtime } = options;
  const ids = train.map(({ text }) => Uint32Array.from(tokeniser.encode(text)));
  const { count, draw } = drawer(train, classes, config);
  const missing = missingClasses(train, classes);
  const batches = Math.floor(count / config.batch);
  if (batches === 0)
    throw new NacreError(
      "input",
      `There are ${count} texts to train on, fewer than one batch of ${config.batch}; add texts or choose a smaller batch.`,
    );
  const edges = [...new Set(EDGES.map((share) => Math.max(1, Math.round(share * config.window))))];
  const columns = columnsOf(config.grams);
  const root = new Rng(config.seed).fork("texts");

  /** The batches of a run: windows of texts with pieces dropped, and targets. */
  function stepsOf(windows: readonly Window[], steps: number, rng: Rng): Steps {
    const count = windows.length / config.batch;
    const rows = new BigInt64Array(windows.length * steps * columns);
    const targets = new Float32Array(windows.length * classes);
    for (const [n, { index, from, to }] of windows.entries()) {
      const { label, source } = train[index]!;
      targets[n * classes + label] = 1;
      const lacks = missing.get(source)!;
      if (lacks.length > 0 && rng.chance(config.partial))
        for (const c of lacks) targets[n * classes + c] = -1;
      const read = ids[index]!.subarray(from, Math.min(to, from + steps));
      const row = dropped(read, config, rng);
      for (let i = 0; i < row.length; i++) rows[n * steps * columns + i] = BigInt(row[i]!);
    }
    return {
      count,
      batch: { type: "int64", dims: [count, config.batch, steps, columns], data: rows },
      targets,
      targetDims: [count, config.batch, classes],
    };
  }

  return {
    epochs: config.epochs,
    batches,
    waitedMs: 0,
    sizeAt: () => 1,
    step: () => textStep(options, config.epochs * batches),
    async *epoch(n, fromBatch) {
      const rng = root.fork("epoch", n);
      const windows = Array.from(draw(rng.fork("draw")), (index) =>
        windowIn(index, ids[index]!.length, config.window, rng),
      );
      const lengths = windows.map(({ from, to }) => to - from);
      const runs = packByLength(lengths, { batch: config.batch, edges, perRun: STEPS_PER_RUN }, rng);
      let done = 0;
      for (const [i, { steps, indices }] of runs.entries()) {
        const before = done;
        done += indices.length / config.batch;
        if (done <= fromBatch) continue;
        const own = Array.from(indices, (w) => windows[w]!);
        const rest = own.slice(Math.max(0, fromBatch - before) * config.batch);
        yield stepsOf(rest, steps, rng.fork("run", i));
      }
    },
    async validate(weights, onProgress) {
      const model = textModel(config, classes, tokeniser.size, weights);
      const session = await runtime.load(encodeModel(model));
      const reader = { tokeniser, grams: config.grams, window: config.window, classes, session };
      const logits = new Float32Array(val.length * classes);
      try {
        for (let at = 0; at < val.length; at += VAL_BATCH) {
          const texts = val.slice(at, at + VAL_BATCH).map(({ text }) => text);
          const opinions = await classifyTexts(reader, texts);
          for (const [i, opinion] of opinions.entries()) logits.set(opinion.logits, (at + i) * classes);
          onProgress(at + texts.length, val.length);
        }
      } finally {
        await session.dispose();
      }
      return judge(
        logits,
        Int32Array.from(val, ({ label }) => label),
        classes,
        config.seed,
      );
    },
    async close() {},
  };
}

/** A stretch of a text, by its index. */
interface Window {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Of a long text its beginning, its end, where judgements tend to stand, or any other window. */
function windowIn(index: number, length: number, longest: number, rng: Rng): Window {
  if (length <= longest) return { index, from: 0, to: length };
  const room = length - longest;
  const place = rng.uniform();
  const from = place < 0.3 ? 0 : place < 0.6 ? room : rng.integer(room + 1);
  return { index, from, to: from + longest };
}

/** Rows of ids and n-grams in which some pieces are unknown; an n-gram with such a piece says nothing. */
function dropped(ids: Uint32Array, { grams, wordDropout }: TextConfig, rng: Rng): Int32Array {
  const left = ids.map((id) => (rng.chance(wordDropout) ? UNKNOWN : id));
  const rows = withGrams(left, grams);
  const columns = columnsOf(grams);
  for (let t = 0; t < ids.length; t++) {
    if (left[t] === ids[t]) continue;
    for (let n = 1; n < columns; n++)
      for (let end = t; end <= t + n && end < ids.length; end++) rows[end * columns + n] = FILL;
  }
  return rows;
}

/** A network for texts as ONNX, in float32: "tokens" [N, T, longest] -> "logits" [N, classes]. */
export const textModel = (
  config: TextConfig,
  classes: number,
  vocabulary: number,
  weights: Weights,
): OnnxModel => {
  const names = { input: TOKENS, output: LOGITS };
  const layer = textNetworkOf(config, classes, vocabulary).layer;
  return networkModel(layer, weights, ["T", columnsOf(config.grams)], names, "int64");
};

/** Throws NacreError("usage") where the configuration freezes a part that the network lacks, or everything. */
function textStep({ config, classes, tokeniser }: TextOptions, steps: number): TrainingStep {
  const layer: Layer = textNetworkOf(config, classes, tokeniser.size).layer;
  return configuredStep(config, {
    layer,
    input: { shape: [config.batch, "T", columnsOf(config.grams)], dtype: "int64" },
    classes,
    partial: true,
    steps,
    parts: "embedding, lstm, attention, head and wide",
  });
}
