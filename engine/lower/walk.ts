import { type Node, topological, type Value } from "../graph/value.ts";
import { type Attributes, OPS, type OpName } from "../ops/index.ts";
import type { Emitter } from "./emitter.ts";
import { PLAIN } from "./plain/index.ts";

/** Reads a node's operator as a member of the table. */
export function opName(node: Node): OpName {
  const { name } = node.op;
  if (name in OPS) return name as OpName;
  throw new Error(`lower: operator "${name}" is not in the table of engine/ops/index.ts.`);
}

/** The attributes of a node if it is of the named operator. */
export const attributesOf = <K extends OpName>(node: Node, name: K): Attributes<K> | undefined =>
  node.op.name === name ? (node.attributes as Attributes<K>) : undefined;

/** Writes a semantic graph as ONNX nodes, each once, by the plain rules. */
export class Walk {
  readonly emitter: Emitter;
  readonly #names = new Map<Value, string>();

  /** `names` says what the graph's inputs are called in ONNX. */
  constructor(emitter: Emitter, names: ReadonlyMap<Value, string>) {
    this.emitter = emitter;
    for (const [value, name] of names) this.#names.set(value, name);
  }

  /** Writes everything that `outputs` need and returns their ONNX names, in the usual layout. */
  write(outputs: readonly Value[]): string[] {
    for (const node of topological(outputs)) this.visit(node);
    return outputs.map((value) => this.plain(value));
  }

  /** The ONNX name of a value in the usual layout. */
  plain(value: Value): string {
    const name = this.#names.get(value);
    if (name !== undefined) return name;
    this.writePlain(value.node);
    return this.#names.get(value)!;
  }

  /** Called for each node, after its inputs. */
  protected visit(node: Node): void {
    this.plain(node.outputs[0]!);
  }

  protected hasPlain(value: Value): boolean {
    return this.#names.has(value);
  }

  protected setPlain(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  protected writePlain(node: Node): void {
    const outputs = this.#rule(node);
    for (const [i, name] of (typeof outputs === "string" ? [outputs] : outputs).entries()) {
      this.#names.set(node.outputs[i]!, name);
    }
  }

  #rule(node: Node): string | readonly string[] {
    const constant = attributesOf(node, "constant");
    if (constant) {
      const { data, shape } = constant;
      if (data instanceof Float32Array && shape.length === 0) return this.emitter.scalar(data[0]!);
      return this.emitter.tensor(this.emitter.fresh("constant"), data, shape);
    }
    const input = attributesOf(node, "input");
    if (input) throw new Error(`lower: nobody said what the input "${input.name}" is called.`);
    const rule = PLAIN[opName(node) as keyof typeof PLAIN] as (
      emitter: Emitter,
      node: Node,
      inputs: readonly string[],
    ) => string | readonly string[];
    return rule(
      this.emitter,
      node,
      node.inputs.map((value) => this.plain(value)),
    );
  }
}
