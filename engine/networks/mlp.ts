import { linear, relu, sequential } from "../nn/layers.ts";
import type { Layer } from "../nn/scope.ts";

/** A multi-layer perceptron: linear layers of these widths with rectifiers between. [N, widths[0]] -> [N, last] */
export const mlp = (...widths: readonly number[]): Layer =>
  sequential(
    ...widths.slice(1).flatMap((width, i) => {
      const layer = linear(widths[i]!, width);
      return i === 0 ? [layer] : [relu(), layer];
    }),
  );
