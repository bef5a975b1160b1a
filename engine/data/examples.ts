import { NacreError } from "../errors.ts";

/** Labelled examples in memory. */
export interface Examples {
  /** [N, ...shape], row-major. */
  readonly inputs: Float32Array;
  /** The shape of one example. */
  readonly shape: readonly number[];
  /** For each example its class, a whole number from 0 on: [N]. */
  readonly labels: Int32Array;
}

/**
 * Checks that there is one label for each input and that all are of one of `classes`.
 *
 * @throws NacreError("input") saying what does not fit
 */
export function checkExamples({ inputs, shape, labels }: Examples, classes: number): void {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (inputs.length !== labels.length * size)
    throw new NacreError(
      "input",
      `The examples hold ${inputs.length} numbers, but ${labels.length} labels of shape [${shape.join(", ")}] want ${labels.length * size}.`,
    );
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0)
    throw new NacreError(
      "input",
      `Example ${wrong} has the label ${labels[wrong]}, but the network tells ${classes} classes apart; labels go from 0 to ${classes - 1}.`,
    );
}
