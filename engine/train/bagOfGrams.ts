import { columnsOf, type Grams, withGrams } from "../data/text/grams.ts";
import { windowsOf } from "../data/text/windows.ts";
import type { Rng } from "../random.ts";
import type { DenseTensor, Weights } from "./weights.ts";

/** A text to learn from, in pieces. */
export interface BagOfPieces {
  readonly ids: ArrayLike<number>;
  readonly label: number;
  /** Classes that its source says nothing of. */
  readonly missing: readonly number[];
}

/** How a bag of n-grams is learned. */
export interface BagOptions {
  readonly classes: number;
  readonly vocabulary: number;
  readonly grams: Grams;
  /** Pieces that are read at once, as in the network whose wide part it is. */
  readonly window: number;
  readonly epochs: number;
  readonly rate: number;
  readonly rng: Rng;
}

/** What each piece and n-gram says for each class: the tables of the wide part of a text classifier. */
export interface BagTables {
  /** [vocabulary, classes] */
  readonly piece: Float32Array;
  /** [buckets, classes] */
  readonly gram: Float32Array;
}

/**
 * Multinomial logistic regression on pieces and hashed n-grams, by AdaGrad (Duchi et al. 2011), which gives rare
 * features long steps and touches only those that a text holds: a hundred thousand texts take seconds an epoch. Its
 * logits are those of the wide part alone, so that the tables can be added to that of a network.
 */
export function bagOfGrams(texts: readonly BagOfPieces[], options: BagOptions): BagTables {
  const { classes, vocabulary, grams, window, epochs, rate, rng } = options;
  const columns = columnsOf(grams);
  const piece = new Float32Array(vocabulary * classes);
  const gram = new Float32Array(grams.buckets * classes);
  const squares = [new Float32Array(piece.length).fill(EPSILON), new Float32Array(gram.length).fill(EPSILON)];
  const logits = new Float64Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const i of rng.fork("epoch", epoch).permutation(texts.length)) {
      const { ids, label, missing } = texts[i]!;
      const windows = windowsOf(ids.length, window).map(({ from, to }) => rowsOf(ids, from, to, grams));
      const scales = windows.map((rows) => 1 / (windows.length * Math.sqrt(rows.length / columns)));
      logits.fill(0);
      for (const [w, rows] of windows.entries())
        for (let at = 0; at < rows.length; at++) {
          if (rows[at] === 0) continue;
          const table = at % columns === 0 ? piece : gram;
          for (let c = 0; c < classes; c++) logits[c]! += scales[w]! * table[rows[at]! * classes + c]!;
        }
      const errors = softmaxErrors(logits, label, missing);
      for (const [w, rows] of windows.entries())
        for (let at = 0; at < rows.length; at++) {
          if (rows[at] === 0) continue;
          const alone = at % columns === 0;
          const [table, sums] = alone ? [piece, squares[0]!] : [gram, squares[1]!];
          for (let c = 0; c < classes; c++) {
            const place = rows[at]! * classes + c;
            const slope = scales[w]! * errors[c]!;
            sums[place]! += slope * slope;
            table[place]! -= (rate * slope) / Math.sqrt(sums[place]!);
          }
        }
    }
  }
  return { piece, gram };
}

/** What every sum of squares begins at, so that a first, tiny slope makes no long step. */
const EPSILON = 1e-4;

/** p − target among the classes that are not missing; 0 for those. */
function softmaxErrors(logits: Float64Array, label: number, missing: readonly number[]): Float64Array {
  const errors = logits.map((logit, c) => (missing.includes(c) ? 0 : Math.exp(Math.min(30, logit))));
  const sum = errors.reduce((total, x) => total + x, 0);
  for (let c = 0; c < errors.length; c++) errors[c] = errors[c]! / sum - (c === label ? 1 : 0);
  return errors;
}

const rowsOf = (ids: ArrayLike<number>, from: number, to: number, grams: Grams): Int32Array =>
  withGrams(Array.prototype.slice.call(ids, from, to) as number[], grams);

/** A text classifier's weights with so much of what a bag of n-grams says added to its wide part. */
export function withBag(weights: Weights, bag: BagTables, share: number): Weights {
  const add = (name: string, table: Float32Array): [string, DenseTensor] => {
    const { dims, data } = weights.get(name)!;
    return [name, { dims, data: data.map((x, i) => x + share * table[i]!) }];
  };
  return new Map([...weights, add("wide.piece", bag.piece), add("wide.gram", bag.gram)]);
}
