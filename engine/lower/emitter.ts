import { attribute, node, tensorOf } from "../onnx/build.ts";
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValueInfo } from "../onnx/model.ts";

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/**
 * Collects the nodes and constants of an ONNX graph while it is being written. Operators have no side
 * effects, so a node that is asked for twice is written once: what the forward pass computed (the pixels
 * under a filter, say) serves the backward pass as well.
 */
export class Emitter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #constants = new Map<string, string>();
  readonly #emitted = new Map<string, readonly string[]>();
  readonly #producers = new Map<string, OnnxNode>();
  #counter = 0;
  readonly #prefix: string;

  /** Names begin with `prefix`, so that a body does not shadow the names of the graph around it. */
  constructor(prefix = "") {
    this.#prefix = prefix;
  }

  fresh(stem: string): string {
    return `${this.#prefix}${stem}_${this.#counter++}`;
  }

  /** Adds a node with one output and returns that output's name. */
  emit(op: string, inputs: readonly string[], attributes: Attributes = {}, domain = ""): string {
    return this.emitMany(op, inputs, 1, attributes, domain)[0]!;
  }

  /** Adds a node with `count` outputs and returns their names. */
  emitMany(
    op: string,
    inputs: readonly string[],
    count: number,
    attributes: Attributes = {},
    domain = "",
  ): readonly string[] {
    const key = JSON.stringify([op, inputs, count, attributes]);
    let outputs = this.#emitted.get(key);
    if (!outputs) {
      outputs = Array.from({ length: count }, () => this.fresh(op));
      this.#emitted.set(key, outputs);
      const made = node(op, inputs, outputs, attributes, domain);
      this.nodes.push(made);
      for (const output of outputs) this.#producers.set(output, made);
    }
    return outputs;
  }

  /** Adds a node even if an equal one is there. */
  emitUnshared(op: string, inputs: readonly string[]): string {
    const output = this.fresh(op);
    this.nodes.push(node(op, inputs, [output]));
    return output;
  }

  /** Gives a value another name, wherever it is made or used. */
  rename(from: string, to: string): void {
    const swap = (name: string) => (name === from ? to : name);
    for (const [i, old] of this.nodes.entries()) {
      if (!old.inputs.includes(from) && !old.outputs.includes(from)) continue;
      this.nodes[i] = { ...old, inputs: old.inputs.map(swap), outputs: old.outputs.map(swap) };
    }
  }

  /** A constant of int64, such as a shape or axes. Equal ones are kept once. */
  ints(values: readonly number[]): string {
    return this.#constant(`i${values}`, () => ({
      data: BigInt64Array.from(values, BigInt),
      dims: [values.length],
    }));
  }

  /** One int64 without dimensions. */
  int(value: number): string {
    return this.#constant(`I${value}`, () => ({ data: BigInt64Array.of(BigInt(value)), dims: [] }));
  }

  /** One float32 without dimensions. */
  scalar(value: number): string {
    return this.#constant(`f${value}`, () => ({ data: Float32Array.of(value), dims: [] }));
  }

  /** A constant that is made once for all who ask by the same key. */
  shared(key: string, dims: readonly number[], make: () => Float32Array): string {
    return this.#constant(`s${key}`, () => ({ data: make(), dims }));
  }

  /** A named constant: a weight. */
  tensor(name: string, data: Float32Array | BigInt64Array | Uint8Array, dims: readonly number[]): string {
    this.initializers.push(tensorOf(name, data, dims));
    return name;
  }

  /** The same numbers in other dimensions; what was reshaped before is taken from where it came. */
  reshape(x: string, dims: readonly number[]): string {
    const made = this.producer(x);
    return this.emit("Reshape", [made?.op === "Reshape" ? made.inputs[0]! : x, this.ints(dims)]);
  }

  /** Output axis i is input axis `order[i]`; the same order as before is no node at all. */
  transpose(x: string, order: readonly number[]): string {
    if (order.every((axis, i) => axis === i)) return x;
    return this.emit("Transpose", [x], { perm: attribute.ints(order) });
  }

  /** The node that makes a value, if it is of this graph. */
  producer(name: string): OnnxNode | undefined {
    return this.#producers.get(name);
  }

  /** Whether a node of this graph makes the value. */
  makes(name: string): boolean {
    return this.nodes.some(({ outputs }) => outputs.includes(name));
  }

  /** The graph of what was emitted, without the nodes and constants that no output needs. */
  graph(name: string, inputs: readonly OnnxValueInfo[], outputs: readonly OnnxValueInfo[]): OnnxGraph {
    const needed = new Set(outputs.map((output) => output.name));
    const nodes = this.nodes.toReversed().filter((candidate) => {
      if (!candidate.outputs.some((output) => needed.has(output))) return false;
      for (const input of candidate.inputs) needed.add(input);
      for (const inner of innerInputs(candidate)) needed.add(inner);
      return true;
    });
    const initializers = this.initializers.filter((tensor) => needed.has(tensor.name));
    return { name, nodes: nodes.toReversed(), inputs, outputs, initializers };
  }

  #constant(
    key: string,
    make: () => { data: Float32Array | BigInt64Array; dims: readonly number[] },
  ): string {
    let name = this.#constants.get(key);
    if (name === undefined) {
      name = this.fresh("constant");
      this.#constants.set(key, name);
      const { data, dims } = make();
      this.initializers.push(tensorOf(name, data, dims));
    }
    return name;
  }
}

/** What the nodes within a node's graphs read, which may come from outside of them. */
const innerInputs = (outer: OnnxNode): string[] =>
  Object.values(outer.attributes).flatMap((value) =>
    value.type === "graph"
      ? value.value.nodes.flatMap((inner) => [...inner.inputs, ...innerInputs(inner)])
      : [],
  );
