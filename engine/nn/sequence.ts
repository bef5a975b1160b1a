import type { Value } from "../graph/value.ts";
import { add, cast, divide, equal, maximum, multiply, positive, subtract, tanh } from "../ops/elementwise.ts";
import { matmul, softmax } from "../ops/linear.ts";
import { type Cell, GATES, recurrent } from "../ops/recurrent.ts";
import { embedding as rowsOf, stepMask } from "../ops/sequence.ts";
import { concat, max, mean, sum, transpose } from "../ops/shape.ts";
import { fanInUniform, type Initialiser } from "./initialise.ts";
import { dropout, linear } from "./layers.ts";
import type { Scope } from "./scope.ts";

/** A batch of sequences on their way through a network. */
export interface Sequences {
  /** [T, N, C]: what comes behind the end of a sequence is of no account. */
  readonly steps: Value;
  /** Steps of each sequence, 0 to T: int64 [N]. Without them, all have T. */
  readonly lengths?: Value | undefined;
}

/** A part of a network that gives a state for each step. */
export type SequenceLayer = (x: Sequences, scope: Scope) => Sequences;

/** A part of a network that gives one vector for each sequence: [N, C]. */
export type SequencePool = (x: Sequences, scope: Scope) => Value;

/**
 * A trained vector for each token: ids, int64 [N, T], 0 to vocabulary − 1 -> steps [T, N, width]. The id 0 is no
 * token: it fills sequences up behind their end, and so gives their lengths.
 */
export function embedding(vocabulary: number, width: number): (ids: Value, scope: Scope) => Sequences {
  return (ids, scope) => {
    const table = scope.parameter("weight", [vocabulary, width], fanInUniform(width));
    const tokens = positive(cast(ids, "float32"));
    return { steps: rowsOf(table, transpose(ids, [1, 0])), lengths: cast(sum(tokens, [1]), "int64") };
  };
}

/** What recurrent layers can be beside their size. */
export interface RecurrentOptions {
  /** Reads sequences both ways and puts both states side by side: [T, N, 2 H]. */
  readonly bidirectional?: boolean;
  /** Layers on top of each other, 1 by default. */
  readonly layers?: number;
  /** Share of the units dropped between layers; the same at all steps (Gal and Ghahramani 2016, §4). */
  readonly dropout?: number;
}

/** Uniform within ±1 / √H; the forget gates of an LSTM begin 1 higher (Jozefowicz et al. 2015, §2.2). */
function biasOf(cell: Cell, hidden: number): Initialiser {
  const uniform = fanInUniform(hidden);
  return (shape, rng) => {
    const bias = uniform(shape, rng);
    if (cell === "lstm") for (let i = 2 * hidden; i < 3 * hidden; i++) bias[i]! += 1;
    return bias;
  };
}

/**
 * [T, N, inputs] -> [T, N, hidden], or twice as wide where bidirectional. Tensors are called "0.forward.weight",
 * "0.forward.recurrent", "0.forward.bias", "0.backward.weight", …, by layer and direction, gates in ONNX's order.
 */
const stacked =
  (cell: Cell) =>
  (inputs: number, hidden: number, options: RecurrentOptions = {}): SequenceLayer => {
    const { bidirectional = false, layers = 1, dropout: rate = 0 } = options;
    const directions = bidirectional ? (["forward", "backward"] as const) : (["forward"] as const);
    const rows = GATES[cell] * hidden;
    return ({ steps, lengths }, scope) => {
      let x = steps;
      for (let layer = 0; layer < layers; layer++) {
        const here = scope.child(`${layer}`);
        if (layer > 0) x = dropout(rate, { alike: [0] })(x, here);
        const width = layer === 0 ? inputs : directions.length * hidden;
        const states = directions.map((direction) => {
          const own = here.child(direction);
          const weight = own.parameter("weight", [rows, width], fanInUniform(hidden));
          const recurrentWeight = own.parameter("recurrent", [rows, hidden], fanInUniform(hidden));
          const bias = own.parameter("bias", [rows], biasOf(cell, hidden));
          const reverse = direction === "backward";
          return recurrent(x, weight, recurrentWeight, bias, lengths, { cell, reverse });
        });
        x = states.length === 1 ? states[0]! : concat(states, 2);
      }
      return { steps: x, lengths };
    };
  };

/** Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000). */
export const lstm = stacked("lstm");

/** Gated recurrent units (Cho et al. 2014). */
export const gru = stacked("gru");

/** Plain recurrent layers with tanh (Elman 1990). */
export const rnn = stacked("rnn");

const maskOf = ({ steps, lengths }: Sequences): Value | undefined => lengths && stepMask(steps, lengths);

/** The mean over the steps of each sequence. */
export const meanOverTime = (): SequencePool => (x) => {
  const mask = maskOf(x);
  if (!mask) return mean(x.steps, [0]);
  return divide(sum(multiply(x.steps, mask), [0]), maximum(sum(mask, [0]), 1));
};

/** Further below 0 than any state or score. */
const FAR = 1e9;

/** The largest of each unit over the steps of each sequence; equal ones share the gradient. */
export const maxOverTime = (): SequencePool => (x) => {
  const mask = maskOf(x);
  const within = mask ? multiply(x.steps, mask) : x.steps;
  const below = mask ? add(within, multiply(subtract(mask, 1), FAR)) : x.steps;
  const largest = cast(equal(below, max(below, [0], true)), "float32");
  return divide(sum(multiply(within, largest), [0]), sum(largest, [0]));
};

/**
 * The mean over the steps, weighted by what a small network finds in each (Yang et al. 2016, eq. 5 to 7):
 * softmax over time of context · tanh(W h + b), with `attention` units, as many as h has by default.
 */
export function attentionOverTime(width: number, attention = width): SequencePool {
  return (x, scope) => {
    const mask = maskOf(x);
    const seen = tanh(linear(width, attention)(x.steps, scope.child("projection")));
    const context = scope.parameter("context", [attention, 1], fanInUniform(attention));
    const scores = matmul(seen, context);
    if (!mask) return sum(multiply(x.steps, softmax(scores, 0)), [0]);
    const weights = softmax(add(scores, multiply(subtract(mask, 1), FAR)), 0);
    return sum(multiply(x.steps, multiply(weights, mask)), [0]);
  };
}
