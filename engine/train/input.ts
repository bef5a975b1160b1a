import type { Layer } from "../nn/scope.ts";
import { cast, multiply, subtract } from "../ops/elementwise.ts";
import { constant } from "../ops/leaf.ts";
import { perChannel } from "../ops/norm.ts";
import { transpose } from "../ops/shape.ts";

/** From bytes as the loader makes them, uint8 [N, H, W, 3], to what networks see: (byte / 255 − mean) / std, [N, 3, H, W]. */
export const pictureInput =
  (mean: readonly number[], std: readonly number[]): Layer =>
  (bytes) => {
    const vector = (values: readonly number[]) => perChannel(constant(Float32Array.from(values)));
    const x = cast(transpose(bytes, [0, 3, 1, 2]), "float32");
    return multiply(subtract(x, vector(mean.map((m) => 255 * m))), vector(std.map((s) => 1 / (255 * s))));
  };
