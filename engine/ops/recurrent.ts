import { expectRank, ShapeError, sameShape, shapeText } from "../graph/shape.ts";
import { defineOp, type Gradients, missing, type TensorType, type Value } from "../graph/value.ts";

/** How a recurrent layer computes its next hidden state. */
export type Cell = "lstm" | "gru" | "rnn";

/** A cell, and whether sequences are read from their last step to their first. */
export interface Recurrence {
  readonly cell: Cell;
  readonly reverse: boolean;
}

/** Blocks of H rows in a cell's weights, in the order of ONNX: input, output, forget, cell; update, reset, new. */
export const GATES: { readonly [C in Cell]: number } = { lstm: 4, gru: 3, rnn: 1 };

/** Throws a ShapeError unless all fit each other. */
function expectCell(
  name: string,
  { cell }: Recurrence,
  [x, weight, recurrent, bias]: readonly TensorType[],
  lengths: TensorType | undefined,
): void {
  expectRank(name, "the input", x!, 3);
  expectRank(name, "the recurrent weight", recurrent!, 2);
  const [, n, width] = x!.shape;
  const hidden = recurrent!.shape[1]!;
  const rows = GATES[cell] * Number(hidden);
  const expected = { weight: [rows, width!], "recurrent weight": [rows, hidden], bias: [rows] };
  for (const [i, [what, shape]] of Object.entries(expected).entries()) {
    const given = [weight, recurrent, bias][i]!.shape;
    if (!sameShape(given, shape))
      throw new ShapeError(
        name,
        `the ${what} of ${cell} is ${shapeText(given)}, wanted ${shapeText(shape)}.`,
      );
  }
  if (lengths && (lengths.dtype !== "int64" || !sameShape(lengths.shape, [n!])))
    throw new ShapeError(
      name,
      `the lengths are ${lengths.dtype} ${shapeText(lengths.shape)}, wanted int64 ${shapeText([n!])}.`,
    );
}

const given = (values: readonly (Value | undefined)[]): Value[] =>
  values.filter((value) => value !== undefined);

/**
 * The hidden states of a recurrent layer that starts from zeros. x: [T, N, I], weight: [G·H, I], recurrent weight:
 * [G·H, H], bias: [G·H], lengths (all T unless given): int64 [N], each 0 to T -> [T, N, H]. What lies behind a
 * sequence's length is not read, and 0 in the result.
 *
 * - lstm (Hochreiter and Schmidhuber 1997, with forget gates): i, o, f = σ(·), c ← f c + i tanh(·), h = o tanh(c)
 * - gru (Cho et al. 2014, reset after the product): z, r = σ(·), n = tanh(x Wₙ + b + r · h Rₙ), h ← z h + (1 − z) n
 * - rnn (Elman 1990): h ← tanh(x W + b + h R)
 */
// by recurrentGradient: back through time, from what each step computed (Werbos 1990)
export const recurrent = defineOp(
  {
    name: "recurrent",
    infer: ([x, weight, recurrentWeight, bias, lengths]: readonly TensorType[], recurrence: Recurrence) => {
      expectCell("recurrent", recurrence, [x!, weight!, recurrentWeight!, bias!], lengths);
      return [{ shape: [x!.shape[0]!, x!.shape[1]!, recurrentWeight!.shape[1]!], dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x, weight, recurrentWeight, bias, lengths], attributes }, [dy]): Gradients =>
      recurrentGradient(x!, weight!, recurrentWeight!, bias!, dy!, lengths, attributes),
  },
  (build) =>
    (
      x: Value,
      weight: Value,
      recurrentWeight: Value,
      bias: Value,
      lengths: Value | undefined,
      recurrence: Recurrence,
    ): Value =>
      build(given([x, weight, recurrentWeight, bias, lengths]), recurrence)[0]!,
);

/** The gradients of `recurrent` -> dx, dweight, drecurrent, dbias, each like what it is of. */
export const recurrentGradient = defineOp(
  {
    name: "recurrentGradient",
    infer: (
      [x, weight, recurrentWeight, bias, dy, lengths]: readonly TensorType[],
      recurrence: Recurrence,
    ) => {
      const types = [x!, weight!, recurrentWeight!, bias!];
      expectCell("recurrentGradient", recurrence, types, lengths);
      expectRank("recurrentGradient", "dy", dy!, 3);
      return types;
    },
    gradient: missing("second derivatives through time are not offered"),
  },
  (build) =>
    (
      x: Value,
      weight: Value,
      recurrentWeight: Value,
      bias: Value,
      dy: Value,
      lengths: Value | undefined,
      recurrence: Recurrence,
    ): readonly Value[] =>
      build(given([x, weight, recurrentWeight, bias, dy, lengths]), recurrence),
);
