import { topological, type Value } from "../graph/value.ts";
import { type Attributes, OPS, type OpName } from "../ops/index.ts";
import { type Array64, array } from "./array.ts";
import { elementwise } from "./reference/elementwise.ts";
import { picture } from "./reference/picture.ts";
import { recurrent } from "./reference/recurrent.ts";
import type { ReferenceRule, ReferenceRules } from "./reference/rule.ts";
import { structure } from "./reference/structure.ts";

/** The meaning of every operator. Total: an operator without one does not compile. */
const REFERENCE: ReferenceRules = {
  ...elementwise,
  ...structure,
  ...picture,
  ...recurrent,
  constant: (_, { data, shape }) => array(shape, (i) => Number(data[i])),
  input: (_, { name }) => {
    throw new Error(`reference: nobody fed the input "${name}".`);
  },
};

/**
 * Computes `outputs` of a semantic graph in float64, without any runtime, from what `feeds` says of its inputs.
 * Throws where an input is not fed, or where a result's shape is not the one that the graph inferred.
 */
export function evaluate(outputs: readonly Value[], feeds: ReadonlyMap<Value, Array64>): Array64[] {
  const known = new Map<Value, Array64>(feeds);
  for (const node of topological(outputs)) {
    if (known.has(node.outputs[0]!)) continue;
    const name = node.op.name as OpName;
    if (!(name in OPS)) throw new Error(`reference: operator "${name}" is not in the table.`);
    const rule = REFERENCE[name] as ReferenceRule<OpName>;
    const inputs = node.inputs.map((input) => known.get(input)!);
    const results = rule(inputs, node.attributes as Attributes<OpName>);
    for (const [i, result] of ("data" in results ? [results] : results).entries()) {
      expectInferred(name, result.shape, node.outputs[i]!);
      known.set(node.outputs[i]!, result);
    }
  }
  return outputs.map((output) => known.get(output)!);
}

function expectInferred(name: string, shape: readonly number[], { shape: inferred }: Value): void {
  const fits = (dim: number, axis: number) => typeof inferred[axis] === "string" || inferred[axis] === dim;
  if (shape.length !== inferred.length || !shape.every(fits))
    throw new Error(`reference: ${name} gave [${shape}], the graph says [${inferred}].`);
}
