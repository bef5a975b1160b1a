import { gradients } from "../autodiff/gradient.ts";
import type { Shape, Value } from "../graph/value.ts";
import { STEPS, trainingLoop } from "../lower/training/loop.ts";
import type { Bundle, Feed, Program } from "../lower/training/program.ts";
import { crossEntropy, partialCrossEntropy } from "../nn/loss.ts";
import { build, type Layer, type Slot } from "../nn/scope.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { add, cast, exp, multiply, negate, subtract } from "../ops/elementwise.ts";
import { constant, input } from "../ops/leaf.ts";
import { clipByNorm, type Optimiser, penalise } from "../optim/optimiser.ts";
import type { Schedule } from "../optim/schedule.ts";

/** Everything that a training step is made of. */
export interface StepOptions {
  /** From a batch to logits [N, classes]. */
  readonly layer: Layer;
  /** The shape of a batch, N first, and its element type. The steps of sequences may be named, and differ from run to run. */
  readonly input: { readonly shape: Shape; readonly dtype: "uint8" | "float32" | "int64" };
  readonly classes: number;
  readonly optimiser: Optimiser;
  readonly schedule: Schedule;
  /** Which parameters are trained; all by default. */
  readonly trains?: (name: string) => boolean;
  /** Batch normalisation by the batch or by stored statistics. */
  readonly statistics: "live" | "frozen";
  /** L1 and L2 penalties on weights (tensors of two and more dimensions). */
  readonly penalty?: { readonly l1?: number; readonly l2?: number };
  readonly labelSmoothing?: number;
  /** Whether targets may leave classes out by −1, of which their example then says nothing. */
  readonly partial?: boolean;
  /** The largest joint norm of all gradients. */
  readonly clip?: number;
  /** How fast a parameter learns relative to the schedule; 1 by default. */
  readonly rateOf?: (name: string) => number;
  /** Decay a step of the exponential moving average of all weights; none by default. */
  readonly average?: number;
  /** Where what is random in a step begins: below 2^30. */
  readonly seed: number;
}

/** A tensor of the training state: its name says what it is of. */
export interface StateTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** The network's tensor that it is, or belongs to; undefined for the step count. */
  readonly slot?: Slot;
  readonly role: "weight" | "memory" | "average" | "count";
}

/** A compiled training program: run it on some batches and the state to get the next state. */
export interface TrainingStep {
  readonly model: OnnxModel;
  /** What is carried from run to run; fed as `name`, returned as `next/name`. */
  readonly state: readonly StateTensor[];
  /** The network's tensors that do not change; fed as they are. */
  readonly fixed: readonly Slot[];
}

/** What a step's inputs and outputs are called: examples and their targets in, loss and learning rate out, steps done. */
export const BATCH = "batch";
export const TARGETS = "targets";
export const LOSS = "loss";
export const RATE = "rate";
export const STEP = "step";

/** Builds forward pass, loss, gradients and optimiser as one graph and writes a loop of it as an ONNX model. */
export function trainingStep(options: StepOptions): TrainingStep {
  const { optimiser, classes, average } = options;
  const trains = options.trains ?? (() => true);
  const step = input(STEP, []);
  const seed = add(cast(step, "int64"), constant(BigInt64Array.of(BigInt(options.seed)), []));
  const mode = { training: true, statistics: options.statistics, trains, seed } as const;
  const network = build(options.layer, options.input.shape, mode, BATCH, options.input.dtype);
  const targets = input(TARGETS, [options.input.shape[0]!, classes]);
  const measure = options.partial ? partialCrossEntropy : crossEntropy;
  const loss = measure(network.output, targets, options.labelSmoothing);
  const rate = options.schedule(step);

  const slots = [...network.slots.values()];
  const trained = slots.filter(({ kind, name }) => kind === "parameter" && trains(name));
  const directions = descend(options, loss, rate, trained);

  const state: Bundle[] = [[{ name: STEP, value: step, next: add(step, 1) }]];
  const tensors: StateTensor[] = [{ name: STEP, dims: [], role: "count" }];
  for (const [i, slot] of trained.entries()) {
    const memory = optimiser.memory.map((name) => ({
      name,
      key: `${name}/${slot.name}`,
      value: input(name, slot.shape),
    }));
    const updated = optimiser.update({
      weight: slot.value,
      gradient: directions[i]!,
      rate: multiply(rate, options.rateOf?.(slot.name) ?? 1),
      step,
      state: Object.fromEntries(memory.map(({ name, value }) => [name, value])),
    });
    state.push([
      { name: slot.name, value: slot.value, next: updated.weight },
      ...memory.map(({ name, key, value }) => ({ name: key, value, next: updated.state[name]! })),
    ]);
    tensors.push({ name: slot.name, dims: slot.shape, slot, role: "weight" });
    for (const { key } of memory) tensors.push({ name: key, dims: slot.shape, slot, role: "memory" });
  }
  for (const [name, next] of network.updates) {
    const slot = network.slots.get(name)!;
    state.push([{ name, value: slot.value, next }]);
    tensors.push({ name, dims: slot.shape, slot, role: "weight" });
  }

  const steps = input(STEPS, [], "int64");
  const changing = tensors.filter(({ role }) => role === "weight");
  const afterwards =
    average === undefined ? [] : changing.map(({ slot }) => averaged(slot!, share(average, steps)));
  for (const { name, of } of afterwards) {
    tensors.push({
      name,
      dims: of.value.shape.map(Number),
      slot: network.slots.get(of.name)!,
      role: "average",
    });
  }
  const carried = new Set(state.flat().map(({ name }) => name));
  const fixed = slots.filter(({ name }) => !carried.has(name));
  const program: Program = {
    batches: [
      { name: BATCH, value: network.input },
      { name: TARGETS, value: targets },
    ],
    fixed: fixed.map(({ name, value }) => ({ name, value })),
    state,
    reports: [
      { name: LOSS, value: loss },
      { name: RATE, value: rate },
    ],
    afterwards,
    steps,
  };
  return { model: trainingLoop(program), state: tensors, fixed };
}

/** For each trained tensor its gradient with penalties and clipping, times −rate where the optimiser wants it so. */
function descend(options: StepOptions, loss: Value, rate: Value, trained: readonly Slot[]): Value[] {
  const { optimiser, clip, penalty = {}, rateOf } = options;
  // Clipping must see the gradients themselves, so they are scaled after it, not before.
  const early = optimiser.scaled && clip === undefined;
  const values = trained.map(({ value }) => value);
  let found = gradients(loss, values, early ? negate(rate) : constant(1));
  if (clip !== undefined) found = clipByNorm(found, clip);
  return found.map((gradient, i) => {
    const { name, shape, value } = trained[i]!;
    const factor = rateOf?.(name) ?? 1;
    const { l1 = 0, l2 = 0 } = shape.length > 1 ? penalty : {};
    if (!optimiser.scaled) return penalise(value, gradient, l1, l2);
    const scaled = early ? gradient : multiply(gradient, negate(rate));
    const whole = penalise(value, scaled, l1 && multiply(rate, -l1), l2 && multiply(rate, -l2));
    return factor === 1 ? whole : multiply(whole, factor);
  });
}

/** What of an average is replaced in so many steps: 1 − decayⁿ. */
const share = (decay: number, steps: Value): Value =>
  subtract(1, exp(multiply(cast(steps, "float32"), Math.log(decay))));

/** The moving average of a tensor, brought up to date after all steps of a run at once. */
function averaged(slot: Slot, fresh: Value): Program["afterwards"][number] {
  const name = `average/${slot.name}`;
  const value = input(name, slot.shape);
  const of: Feed = { name: slot.name, value: input(`final/${slot.name}`, slot.shape) };
  return { name, value, of, next: add(value, multiply(subtract(of.value, value), fresh)) };
}
