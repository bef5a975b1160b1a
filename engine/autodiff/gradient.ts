import { sameShape, shapeText } from "../graph/shape.ts";
import { type Node, topological, type Value } from "../graph/value.ts";
import { add } from "../ops/elementwise.ts";
import { constant } from "../ops/leaf.ts";
import { reshape, sum } from "../ops/shape.ts";

/**
 * Reverse-mode differentiation, graph to graph (Griewank and Walther 2008, ch. 3): the gradients of the
 * scalar `loss` with respect to `wanted`, each of its value's shape, times `seed` (1 by default).
 * Throws where `loss` does not depend on a wanted value, or depends through a derivative that is not offered.
 */
export function gradients(loss: Value, wanted: readonly Value[], seed: Value = constant(1)): Value[] {
  const order = topological([loss]);
  const needed = reaching(order, wanted);
  const upstream = new Map<Value, Value>([[loss, reshape(seed, loss.shape)]]);
  for (const node of order.toReversed()) {
    if (!needed.has(node) || !node.outputs.some((output) => upstream.has(output))) continue;
    const { gradient } = node.op;
    if ("stop" in gradient) {
      if (gradient.missing) throw new Error(`gradients: ${node.op.name}: ${gradient.stop}.`);
      continue;
    }
    const down = gradient(
      node,
      node.outputs.map((output) => upstream.get(output)),
    );
    for (const [i, value] of node.inputs.entries()) {
      const part = down[i];
      if (!part || !needed.has(value.node)) continue;
      const whole = unbroadcast(part, value);
      const other = upstream.get(value);
      upstream.set(value, other ? add(other, whole) : whole);
    }
  }
  return wanted.map((value) => {
    const gradient = upstream.get(value);
    if (!gradient) throw new Error(`gradients: the loss does not depend on ${nameOf(value)}.`);
    return gradient;
  });
}

/** The nodes through which a wanted value is reached; the others need no gradient. */
function reaching(order: readonly Node[], wanted: readonly Value[]): Set<Node> {
  const needed = new Set(wanted.map((value) => value.node));
  for (const node of order) {
    if (node.inputs.some((input) => needed.has(input.node))) needed.add(node);
  }
  return needed;
}

/** Sums a gradient over the axes along which its value was repeated. The one place that undoes broadcasting. */
function unbroadcast(gradient: Value, value: Value): Value {
  if (sameShape(gradient.shape, value.shape)) return gradient;
  const extra = gradient.shape.length - value.shape.length;
  const axes = gradient.shape.flatMap((dim, i) =>
    i < extra || (value.shape[i - extra] === 1 && dim !== 1) ? [i] : [],
  );
  return reshape(sum(gradient, axes), value.shape);
}

function nameOf(value: Value): string {
  const { name } = value.node.attributes as { name?: string };
  return name ? `"${name}"` : `the ${shapeText(value.shape)} that ${value.node.op.name} gives`;
}
