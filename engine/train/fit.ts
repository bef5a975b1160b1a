import { checkExamples, type Examples } from "../data/examples.ts";
import { epochOrder } from "../data/sampling.ts";
import { NacreError } from "../errors.ts";
import { expectRank, known } from "../graph/shape.ts";
import { build, type Layer } from "../nn/scope.ts";
import type { Schedule } from "../optim/schedule.ts";
import { Rng } from "../random.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Steps, TrainingSession } from "./session.ts";
import { type StepOptions, trainingStep } from "./step.ts";
import { expectWeights, initialWeights, type Weights } from "./weights.ts";

type OfStep = Omit<StepOptions, "layer" | "input" | "classes" | "schedule" | "statistics">;

/** What is learned from, and how. */
export interface FitOptions extends OfStep {
  readonly data: Examples;
  /** How often every example is seen. */
  readonly epochs: number;
  /** How often each example is drawn beside the others; all once by default. */
  readonly draws?: ArrayLike<number>;
  /** Examples a step. */
  readonly batch: number;
  /** From the number of steps in the whole run to the learning rate of each. */
  readonly schedule: (steps: number) => Schedule;
  /** Batch normalisation by the batch, as by default, or by the statistics that `weights` came with. */
  readonly statistics?: StepOptions["statistics"];
  /** What training starts from; new weights by default. */
  readonly weights?: Weights;
  readonly runtime: Runtime;
  /** Called after each epoch, counted from 1, with its mean loss. */
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

/** What `fitClassifier` found. */
export interface Fitted {
  readonly weights: Weights;
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
}

/** Bytes of inputs handed over in one run of the graph, which makes as many steps as these are. */
const BYTES_PER_RUN = 2 ** 22;

/**
 * Trains a classifier on examples in memory, in Node or in a browser. `layer` takes [batch, ...shape] and
 * gives logits [batch, classes]. Each epoch has another order; examples that do not fill a last batch wait
 * for the next. The same options give the same weights, bit for bit, on the same machine and threads.
 *
 * For folders of pictures, checkpoints and early stopping there is `train`.
 *
 * @throws NacreError "input" where the examples do not fit each other or the network, "weights" where those to
 *   start from do not, "diverged" when the loss is no longer a number
 */
export async function fitClassifier(layer: Layer, options: FitOptions): Promise<Fitted> {
  const {
    data,
    draws,
    epochs,
    batch,
    schedule,
    statistics = "live",
    weights,
    runtime,
    onEpoch,
    ...rest
  } = options;
  const shape = [batch, ...data.shape];
  const { slots, output } = build(layer, shape, { training: false, statistics });
  expectRank("fitClassifier", "the network's output", output, 2);
  const classes = known(output.shape[1], "fitClassifier");
  checkExamples(data, classes);
  const batches = Math.floor(data.labels.length / batch);
  if (batches === 0)
    throw new NacreError(
      "input",
      `There are ${data.labels.length} examples, fewer than one batch of ${batch}; add examples or choose a smaller batch.`,
    );

  const step = trainingStep({
    ...rest,
    layer,
    input: { shape, dtype: "float32" },
    classes,
    schedule: schedule(epochs * batches),
    statistics,
  });
  const rng = new Rng(options.seed);
  const start = weights ?? initialWeights(slots.values(), rng.fork("weights"));
  expectWeights(slots.values(), start);
  const session = await TrainingSession.start(step, runtime, start);
  const capacity = Math.max(1, Math.floor(BYTES_PER_RUN / (4 * shape.reduce((n, dim) => n * dim))));
  const losses: number[] = [];
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = epochOrder(data.labels.length, rng.fork("order", epoch), draws);
      let sum = 0;
      for (let done = 0; done < batches; done += capacity) {
        const next = order.subarray(done * batch, Math.min(batches, done + capacity) * batch);
        const run = await session.run(stepsOf(data, next, batch, classes));
        sum = run.losses.reduce((total, loss) => total + loss, sum);
      }
      losses.push(sum / batches);
      onEpoch?.(epoch + 1, sum / batches);
    }
    return { weights: session.weights(), losses };
  } finally {
    await session.dispose();
  }
}

/** The examples of these indices as batches for one run, their labels as one-hot targets. */
function stepsOf(
  { inputs, shape, labels }: Examples,
  order: Uint32Array,
  batch: number,
  classes: number,
): Steps {
  const count = order.length / batch;
  const size = shape.reduce((product, dim) => product * dim, 1);
  const data = new Float32Array(order.length * size);
  const targets = new Float32Array(order.length * classes);
  for (const [place, index] of order.entries()) {
    data.set(inputs.subarray(index * size, (index + 1) * size), place * size);
    targets[place * classes + labels[index]!] = 1;
  }
  return {
    count,
    batch: { type: "float32", dims: [count, batch, ...shape], data },
    targets,
    targetDims: [count, batch, classes],
  };
}
