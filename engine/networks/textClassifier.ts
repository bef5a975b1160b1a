import type { Value } from "../graph/value.ts";
import { zeros } from "../nn/initialise.ts";
import { dropout, linear } from "../nn/layers.ts";
import type { Layer, Scope } from "../nn/scope.ts";
import { attentionOverTime, embedding, lstm, maxOverTime } from "../nn/sequence.ts";
import { add, cast, divide, maximum, multiply, positive, sqrt } from "../ops/elementwise.ts";
import { constant } from "../ops/leaf.ts";
import { embedding as rowsOf } from "../ops/sequence.ts";
import { concat, slice, sum } from "../ops/shape.ts";

/** The sizes of a classifier of texts. */
export interface TextClassifierOptions {
  /** Ids of pieces, from 0, which fills up. */
  readonly vocabulary: number;
  readonly classes: number;
  /** Numbers for a piece. */
  readonly embedding: number;
  /** Units of the LSTM in each direction. */
  readonly hidden: number;
  readonly layers: number;
  readonly dropout: number;
  /** The n-grams that are read beside the pieces, of up to `longest` pieces, hashed into so many buckets. */
  readonly grams: { readonly longest: number; readonly buckets: number };
}

/** What the graphs of such a network call their inputs and outputs, beside the logits. */
export const TOKENS = "tokens";
export const DIRECTION = "direction";
export const CONTRIBUTIONS = "contributions";

/** What a classifier makes of texts, and of what. */
export interface Reading {
  /** [N, classes] */
  readonly logits: Value;
  /** The vectors of the pieces, [T, N, embedding]. */
  readonly pieces: Value;
  /** What each piece says by itself: [N, T, classes]. */
  readonly says: Value;
  /** What the longer n-grams say that end with a piece, shortest first: [N, T, longest − 1, classes]. */
  readonly gramsSay: Value;
}

/**
 * A wide and a deep reading of a text, added up (Cheng et al. 2016): each n-gram has a say in each class, as in a
 * linear model; and an LSTM reads the pieces both ways, of whose states the largest and those that attention picks
 * are judged. `rows`: int64 [N, T, longest], as `withGrams` makes them.
 */
export function readText(options: TextClassifierOptions, rows: Value, scope: Scope): Reading {
  const { vocabulary, classes, embedding: width, hidden, layers, dropout: rate, grams } = options;
  const states = 2 * hidden;
  const ids = sum(slice(rows, 2, 0, 1), [2]);

  const embedded = embedding(vocabulary, width)(ids, scope.child("embedding"));
  const dropped = dropout(rate, { alike: [0] })(embedded.steps, scope.child("embedding"));
  const recurrent = lstm(width, hidden, { bidirectional: true, layers, dropout: rate });
  const read = recurrent({ ...embedded, steps: dropped }, scope.child("lstm"));
  const picked = attentionOverTime(states)(read, scope.child("attention"));
  const vector = concat([picked, maxOverTime()(read, scope)], 1);
  const head = scope.child("head");
  const deep = linear(2 * states, classes)(dropout(rate)(vector, head), head);

  const wide = scope.child("wide");
  const piece = wide.parameter("piece", [vocabulary, classes], zeros);
  const gram = wide.parameter("gram", [grams.buckets, classes], zeros);
  const says = present(piece, ids);
  const gramsSay = present(gram, slice(rows, 2, 1, grams.longest));
  const total = add(sum(says, [1]), sum(gramsSay, [1, 2]));
  // Long texts say more, but not in proportion.
  const length = maximum(sum(positive(cast(ids, "float32")), [1], true), 1);
  const spoken = dropout(rate, { alike: [1] })(divide(total, sqrt(length)), wide);
  return { logits: add(deep, spoken), pieces: embedded.steps, says, gramsSay };
}

/** A table's rows by ids, [...ids, classes]; zeros where an id is 0. */
function present(table: Value, ids: Value): Value {
  const there = cast(positive(cast(ids, "float32")), "int64");
  return multiply(rowsOf(table, ids), rowsOf(constant(Float32Array.of(0, 1), [2, 1]), there));
}

/** `readText` as a layer: rows, int64 [N, T, longest] -> logits [N, classes]. */
export const textClassifier =
  (options: TextClassifierOptions): Layer =>
  (rows, scope) =>
    readText(options, rows, scope).logits;
