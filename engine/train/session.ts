import { NacreError } from "../errors.ts";
import { carriedShape, nextName, STEPS } from "../lower/training/loop.ts";
import { encodeModel } from "../onnx/encode.ts";
import { float32, type Runtime, type Session, type Tensor } from "../runtime/runtime.ts";
import { BATCH, LOSS, RATE, STEP, TARGETS, type TrainingStep } from "./step.ts";
import { areFinite, type DenseTensor, type Weights } from "./weights.ts";

/** Several batches for one run, each array with a leading axis of steps. */
export interface Steps {
  readonly count: number;
  readonly batch: Tensor;
  readonly targets: Float32Array;
  /** [steps, N, classes] */
  readonly targetDims: readonly number[];
}

/** A training step that is loaded and holds its state between runs. */
export class TrainingSession {
  readonly #step: TrainingStep;
  readonly #session: Session;
  /** What the steps change, and the network's tensors that they only read. */
  readonly #tensors: Record<string, Tensor> = {};

  private constructor(step: TrainingStep, session: Session) {
    this.#step = step;
    this.#session = session;
  }

  /** Loads a step with a network's weights; the optimiser's memory is empty and the average begins at the weights. */
  static async start(step: TrainingStep, runtime: Runtime, weights: Weights): Promise<TrainingSession> {
    const training = new TrainingSession(step, await runtime.load(encodeModel(step.model)));
    for (const { name, shape } of step.fixed)
      training.#tensors[name] = float32(weights.get(name)!.data, shape);
    for (const { name, dims, slot, role } of step.state) {
      const known = role === "weight" || role === "average" ? weights.get(slot!.name)!.data : undefined;
      const data = known ?? new Float32Array(dims.reduce((n, dim) => n * dim, 1));
      training.#tensors[name] = float32(data, dims);
    }
    return training;
  }

  /** Loads a step with the state of a session like it. Throws NacreError("weights") as `restore` does. */
  static async resume(step: TrainingStep, runtime: Runtime, state: Weights): Promise<TrainingSession> {
    const training = new TrainingSession(step, await runtime.load(encodeModel(step.model)));
    training.restore(state);
    return training;
  }

  /** Everything that a session like this one needs to go on from here. */
  get state(): Weights {
    return new Map(Object.entries(this.#tensors).map(([name, tensor]) => [name, dense(tensor)]));
  }

  /** Goes back to a state that was saved. Throws NacreError("weights") where it is of another configuration. */
  restore(state: Weights): void {
    const fixed = this.#step.fixed.map(({ name, shape }) => ({ name, dims: shape }));
    for (const { name, dims } of [...fixed, ...this.#step.state]) {
      const saved = state.get(name);
      if (!saved || saved.dims.join() !== dims.join())
        throw new NacreError(
          "weights",
          `The checkpoint lacks "${name}" [${dims}]; it is of a run with another configuration.`,
        );
      this.#tensors[name] = float32(saved.data, dims);
    }
  }

  /** Steps done since the beginning. */
  get steps(): number {
    return (this.#tensors[STEP]!.data as Float32Array)[0]!;
  }

  /** The network's tensors to measure or release: the average where there is one, else the weights. */
  weights(): Weights {
    const weights = new Map<string, DenseTensor>();
    for (const { name } of this.#step.fixed) weights.set(name, dense(this.#tensors[name]!));
    for (const role of ["weight", "average"]) {
      for (const tensor of this.#step.state) {
        if (tensor.role === role) weights.set(tensor.slot!.name, dense(this.#tensors[tensor.name]!));
      }
    }
    return weights;
  }

  /** Makes the steps; returns each one's loss and learning rate. Throws NacreError("diverged") and keeps the state before. */
  async run({
    count,
    batch,
    targets,
    targetDims,
  }: Steps): Promise<{ losses: Float32Array; rates: Float32Array }> {
    const carried = Object.entries(this.#tensors).map(
      ([name, { dims, data }]) =>
        [name, float32(data as Float32Array, carriedShape(dims).map(Number))] as const,
    );
    const results = await this.#session.run({
      ...Object.fromEntries(carried),
      [STEPS]: { type: "int64", dims: [], data: BigInt64Array.of(BigInt(count)) },
      [BATCH]: batch,
      [TARGETS]: float32(targets, targetDims),
    });
    const losses = results[LOSS]!.data as Float32Array;
    const bad = losses.findIndex((loss) => !Number.isFinite(loss));
    if (bad >= 0) throw diverged(`The loss became ${losses[bad]}`, this.steps + bad + 1);
    for (const { name, dims } of this.#step.state)
      this.#tensors[name] = float32(results[nextName(name)]!.data as Float32Array, dims);
    return { losses, rates: results[RATE]!.data as Float32Array };
  }

  /** Throws NacreError("diverged") where the last step, whose loss was still a number, broke a tensor. */
  expectFinite(): void {
    for (const [name, { data }] of Object.entries(this.#tensors)) {
      if (!areFinite(data as Float32Array))
        throw diverged(`"${name}" holds numbers that are not finite`, this.steps);
    }
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}

const diverged = (what: string, step: number): NacreError =>
  new NacreError(
    "diverged",
    `${what} at step ${step}. Train again with a lower learning rate or with gradient clipping.`,
  );

const dense = ({ dims, data }: Tensor): DenseTensor => ({ dims, data: data as Float32Array });
