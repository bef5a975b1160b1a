import { attribute } from "../../onnx/build.ts";
import type { Cell } from "../../ops/recurrent.ts";
import { recurrentBackward } from "../recurrent/index.ts";
import { stepMask } from "../recurrent/stepMask.ts";
import type { PlainRules } from "./rule.ts";

/** TensorProto.DataType of int32, in which ONNX wants lengths. */
const INT32 = 6;

const OPERATORS: { readonly [C in Cell]: string } = { lstm: "LSTM", gru: "GRU", rnn: "RNN" };

/** Recurrent layers, by the operator that ONNX has for each, and what stands around them. */
export const sequence = {
  // ONNX has an axis of directions, and a second bias, which only adds to the first (or, in GRU, is left out).
  recurrent: (e, { inputs: [, weight, recurrentWeight], attributes }, [x, w, r, bias, lengths]) => {
    const { cell, reverse } = attributes;
    const [gates, width] = weight!.shape.map(Number) as [number, number];
    const hidden = Number(recurrentWeight!.shape[1]);
    const biases = e.emit("Pad", [bias!, e.ints([0, gates])]);
    const y = e.emit(
      OPERATORS[cell],
      [
        x!,
        e.reshape(w!, [1, gates, width]),
        e.reshape(r!, [1, gates, hidden]),
        e.reshape(biases, [1, 2 * gates]),
        ...(lengths === undefined ? [] : [e.emit("Cast", [lengths], { to: attribute.int(INT32) })]),
      ],
      {
        direction: attribute.string(reverse ? "reverse" : "forward"),
        hidden_size: attribute.int(hidden),
        ...(cell === "gru" ? { linear_before_reset: attribute.int(1) } : {}),
      },
    );
    return e.emit("Squeeze", [y, e.ints([1])]);
  },

  // ONNX has no gradients: the way there is written out, too.
  recurrentGradient: recurrentBackward,

  stepMask: (e, _, [x, lengths]) => stepMask(e, x!, lengths!),

  embedding: (e, _, [table, ids]) => e.emit("Gather", [table!, ids!]),

  // Row by row: ten times quicker than element by element with ScatterElements.
  embeddingGradient: (e, { attributes: { shape } }, [ids, dy]) => {
    const [rows, width] = shape.map(Number) as [number, number];
    const zeros = e.emit("ConstantOfShape", [e.ints([rows, width])]);
    return e.emit("ScatterND", [zeros, e.reshape(ids!, [-1, 1]), e.reshape(dy!, [-1, width])], {
      reduction: attribute.string("add"),
    });
  },
} satisfies Partial<PlainRules>;
