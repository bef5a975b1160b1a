import { NacreError } from "../errors.ts";
import { byteLength } from "./elements.ts";
import type { ExternalData, OnnxGraph, OnnxModel, OnnxTensor } from "./model.ts";

/**
 * Checks what the format's specification (onnx/docs/IR.md) demands of a graph's structure, and what no
 * runtime should have to survive: every value is made once and before it is used (so there is no cycle),
 * every name that is used exists, in the graph or around it, every domain is imported, every constant fills
 * its shape, and constants in external files lie side by side or on one another, never across.
 *
 * @param where what to call the model in errors.
 * @param external sizes in bytes of the external files, where they are at hand.
 * @throws NacreError("weights") with the first thing that is wrong.
 */
export function checkModel(
  model: OnnxModel,
  where = "The ONNX model",
  external?: Readonly<Record<string, number>>,
): void {
  const fail = (cause: string) =>
    new NacreError("weights", `${where} is malformed: ${cause}. Download or export it again.`);
  const domains = new Set<string>();
  for (const { domain } of model.opsets) {
    if (domains.has(plain(domain))) throw fail(`it imports the domain "${domain}" twice`);
    domains.add(plain(domain));
  }
  const constants: OnnxTensor[] = [];
  checkGraph(model.graph, new Set(), { domains, constants, fail });
  for (const { name, type, dims, data } of constants)
    if (data.length !== byteLength(type, dims, `The constant "${name}"`))
      throw fail(`the constant "${name}" has ${data.length} bytes, which do not fill its shape`);
  checkExternal(constants, external, fail);
}

interface Context {
  readonly domains: ReadonlySet<string>;
  readonly constants: OnnxTensor[];
  readonly fail: (cause: string) => NacreError;
}

function checkGraph(graph: OnnxGraph, outer: ReadonlySet<string>, context: Context): void {
  const { domains, constants, fail } = context;
  // Values of graphs around this one may be used here, but not made again.
  const inner = new Set<string>();
  const seen = (name: string) => inner.has(name) || outer.has(name);
  const make = (name: string) => {
    if (!name) throw fail("a value has no name");
    if (seen(name)) throw fail(`the value "${name}" is made twice`);
    inner.add(name);
  };
  for (const { name } of graph.inputs) make(name);
  const constantNames = new Set<string>();
  for (const constant of graph.initializers) {
    constants.push(constant);
    // A constant may carry an input's name and is then its default value.
    if (constantNames.has(constant.name) || !inner.has(constant.name)) make(constant.name);
    constantNames.add(constant.name);
  }
  const nodeNames = new Set<string>();
  for (const node of graph.nodes) {
    const called = node.name || node.op;
    if (node.name && nodeNames.has(node.name)) throw fail(`two nodes are named "${node.name}"`);
    nodeNames.add(node.name);
    if (!domains.has(plain(node.domain)))
      throw fail(`the node "${called}" is of the domain "${node.domain}", which is not imported`);
    for (const input of node.inputs)
      if (input && !seen(input))
        throw fail(`the node "${called}" uses "${input}", which nothing before it makes`);
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.type === "tensor") constants.push(attribute.value);
      if (attribute.type === "graph") checkGraph(attribute.value, new Scope(inner, outer), context);
    }
    for (const output of node.outputs) if (output) make(output);
  }
  const outputs = new Set<string>();
  for (const { name } of graph.outputs) {
    if (!inner.has(name)) throw fail(`the graph "${graph.name}" gives out "${name}", which it does not make`);
    if (outputs.has(name)) throw fail(`the graph "${graph.name}" gives out "${name}" twice`);
    outputs.add(name);
  }
}

/** Two nested scopes seen as one set, without copying either. */
class Scope extends Set<string> {
  readonly #inner: ReadonlySet<string>;
  readonly #outer: ReadonlySet<string>;

  constructor(inner: ReadonlySet<string>, outer: ReadonlySet<string>) {
    super();
    this.#inner = inner;
    this.#outer = outer;
  }

  override has(name: string): boolean {
    return this.#inner.has(name) || this.#outer.has(name);
  }
}

function checkExternal(
  constants: readonly OnnxTensor[],
  sizes: Readonly<Record<string, number>> | undefined,
  fail: Context["fail"],
): void {
  const ranges = new Map<string, { name: string; offset: number; length: number }[]>();
  for (const { name, data } of constants) {
    if (data instanceof Uint8Array) continue;
    const { location, offset, length }: ExternalData = data;
    if (sizes && !(offset + length <= (sizes[location] ?? -1)))
      throw fail(`the constant "${name}" lies beyond the end of "${location}"`);
    const list = ranges.get(location) ?? [];
    list.push({ name, offset, length });
    ranges.set(location, list);
  }
  for (const [location, list] of ranges) {
    list.sort((a, b) => a.offset - b.offset || a.length - b.length);
    for (let i = 1; i < list.length; i++) {
      const before = list[i - 1]!;
      const after = list[i]!;
      const shared = before.offset === after.offset && before.length === after.length;
      if (!shared && before.offset + before.length > after.offset)
        throw fail(`the constants "${before.name}" and "${after.name}" overlap in "${location}"`);
    }
  }
}

/** "ai.onnx" and "" are one domain. */
function plain(domain: string): string {
  return domain === "ai.onnx" ? "" : domain;
}
