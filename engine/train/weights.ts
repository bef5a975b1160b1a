import { NacreError } from "../errors.ts";
import type { Slot } from "../nn/scope.ts";
import type { Rng } from "../random.ts";
import type { StoredTensor } from "../weights/stored.ts";

/** A tensor outside of any graph. */
export interface DenseTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A network's tensors by name. */
export type Weights = ReadonlyMap<string, DenseTensor>;

/** Whether a tensor is of a part: "layer1.0.bn1.bias" is of "layer1" and of "layer1.0", not of "layer". */
export const belongsTo = (part: string, tensor: string): boolean =>
  tensor === part || tensor.startsWith(`${part}.`);

/** Whether there is no infinity and no NaN among the numbers. */
export function areFinite(data: Float32Array): boolean {
  let zero = 0; // NaN as soon as one is: ten times quicker than asking of each
  for (let i = 0; i < data.length; i++) zero += data[i]! * 0;
  return zero === 0;
}

/** New values for every tensor of a network; what each draws depends on its name alone. */
export function initialWeights(slots: Iterable<Slot>, rng: Rng): Weights {
  const weights = new Map<string, DenseTensor>();
  for (const { name, shape, initial } of slots) {
    weights.set(name, { dims: shape, data: initial(shape, rng.fork(name)) });
  }
  return weights;
}

/**
 * A network's tensors from a file's, by name. Those of the parts `fresh` may be missing or of another shape, as
 * a head for other classes is; then they are new, drawn from `rng`.
 *
 * @param where what to call the file in errors
 * @throws NacreError("weights") naming the first tensor that is missing, does not fit or is not finite
 */
export function takeWeights(
  slots: Iterable<Slot>,
  stored: ReadonlyMap<string, StoredTensor>,
  where: string,
  fresh: readonly string[],
  rng: Rng,
): Weights {
  const weights = new Map<string, DenseTensor>();
  const fail = (name: string, what: string, next = "Is the file of another network?") =>
    new NacreError("weights", `${where}: tensor "${name}" ${what}. ${next}`);
  for (const { name, shape, initial } of slots) {
    const tensor = stored.get(name);
    const fits = tensor?.dims.join() === shape.join();
    if (!fits && fresh.some((part) => belongsTo(part, name))) {
      weights.set(name, { dims: shape, data: initial(shape, rng.fork(name)) });
      continue;
    }
    if (!tensor) throw fail(name, "is missing");
    if (!fits) throw fail(name, `is [${tensor.dims}], wanted [${shape}]`);
    const data = tensor.float32();
    if (!areFinite(data)) throw fail(name, "holds numbers that are not finite", "Take another file.");
    weights.set(name, { dims: shape, data });
  }
  return weights;
}

/** Throws NacreError("weights") naming the first of a network's tensors that is missing or of another shape. */
export function expectWeights(slots: Iterable<Slot>, weights: Weights): void {
  for (const { name, shape } of slots) {
    const dims = weights.get(name)?.dims;
    if (dims?.join() === shape.join()) continue;
    const what = dims ? `hold "${name}" as [${dims.join(", ")}]` : `lack "${name}"`;
    throw new NacreError(
      "weights",
      `The weights ${what}, but the network has it as [${shape.join(", ")}]. Are they of another network?`,
    );
  }
}
