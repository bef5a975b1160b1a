import { NacreError } from "../errors.ts";
import { attribute, node, tensorOf } from "../onnx/build.ts";
import { dropUnusedConstants, type Links, linksOf } from "../onnx/links.ts";
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";
import { quantiseWeights, roundWeights, weightUse } from "./quantise-weights.ts";

/** The values that an activation takes; 0 lies within. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A node that computes in int8, with the activation after it, which its rounding does for nothing. */
interface Step {
  readonly node: OnnxNode;
  /** The Relu or Clip that only this node feeds. */
  readonly absorbed: OnnxNode | undefined;
  /** The value after both. */
  readonly output: string;
  readonly inputs: readonly string[];
}

/**
 * The values that quantiseStatic rounds, in the order in which they are made: what calibration has to look at.
 * A max pool is not among them, since it takes over its input's rounding.
 */
export function quantisedValues(graph: OnnxGraph): string[] {
  const links = linksOf(graph);
  const names = stepsOf(graph, links).flatMap(({ node, inputs, output }) =>
    node.op === "MaxPool" ? inputs : [...inputs, output],
  );
  const pooled = new Set(graph.nodes.filter(({ op }) => op === "MaxPool").flatMap(({ outputs }) => outputs));
  return [...new Set(names)].filter((name) => !pooled.has(name));
}

/**
 * The same model with uint8 activations and int8 weights, in ONNX's standard form for it: QuantizeLinear and
 * DequantizeLinear around float nodes. onnxruntime fuses each such group into one integer kernel
 * (QLinearConv, QLinearAdd, …) when it loads the graph; elsewhere the graph gives the same rounding in floats.
 *
 * It pays where convolutions are dense: in WebAssembly a ResNet runs about twice to three times as fast. A
 * MobileNetV2 gains nothing there, because depthwise kernels are slower in integers than in floats by as much
 * as the others are faster: serve it with quantiseWeights alone, which is nearer to the float network, too.
 *
 * Conv, the Add of two activations, MaxPool and AveragePool compute in integers, and Relu and Clip vanish into
 * the rounding before them. What comes last (global pooling, Gemm) is too small to gain from it and stays in
 * floats, with int8 weights. The weights are byte for byte those of quantiseWeights.
 *
 * @param ranges what each value of quantisedValues(graph) spans.
 * @throws NacreError("weights") if a range is missing, or the opset is below 13.
 */
export function quantiseStatic(model: OnnxModel, ranges: ReadonlyMap<string, Range>): OnnxModel {
  const { graph } = model;
  const links = linksOf(graph);
  const steps = stepsOf(graph, links);
  const builder = new Builder(links, ranges);
  const stepOfNode = new Map<OnnxNode, Step>();
  for (const step of steps) {
    stepOfNode.set(step.node, step);
    builder.made.add(step.output);
  }
  const absorbed = new Set(steps.map((step) => step.absorbed));
  const { graph: withWeights } = quantiseWeights(model);
  const nodes = withWeights.nodes.flatMap((each) => {
    if (absorbed.has(each)) return [];
    const step = stepOfNode.get(each);
    return step ? builder.quantise(step) : each;
  });
  const initializers = [...withWeights.initializers, ...builder.constants];
  return { ...model, graph: dropUnusedConstants({ ...graph, nodes, initializers }) };
}

function stepsOf(graph: OnnxGraph, links: Links): Step[] {
  return graph.nodes
    .filter((each) => computesInIntegers(each, links))
    .map((each) => {
      const next = links.onlyUser(each.outputs[0]!);
      const absorbed = next && absorbs(next, links) && each.op !== "MaxPool" ? next : undefined;
      const inputs = each.op === "Add" ? each.inputs : each.inputs.slice(0, 1);
      return { node: each, absorbed, output: (absorbed ?? each).outputs[0]!, inputs };
    });
}

function computesInIntegers(each: OnnxNode, links: Links): boolean {
  if (each.domain !== "" || each.outputs.length !== 1) return false;
  if (each.op === "Conv") return weightUse(each, links) !== undefined && hasConstantBias(each, links);
  if (each.op === "Add") return each.inputs.every((name) => !links.constants.has(name));
  return each.op === "MaxPool" || each.op === "AveragePool";
}

/** Whether a convolution's bias, if it has one, can be rounded beforehand. */
function hasConstantBias({ inputs: [, , bias] }: OnnxNode, { constants }: Links): boolean {
  return !bias || constants.has(bias);
}

/** A Relu, or a Clip between constants: its calibrated range lies within its bounds. */
function absorbs({ op, inputs }: OnnxNode, { constants }: Links): boolean {
  return op === "Relu" || (op === "Clip" && inputs.slice(1).every((name) => !name || constants.has(name)));
}

/** Scale and zero point of one value: x ≈ scale · (q − zero), q in 0 … 255. */
interface Rounding {
  readonly scale: number;
  readonly scaleName: string;
  readonly zeroName: string;
}

class Builder {
  readonly constants: OnnxTensor[] = [];
  /** Values that a step makes, hence rounded already when another step uses them. */
  readonly made = new Set<string>();
  readonly #links: Links;
  readonly #ranges: ReadonlyMap<string, Range>;
  readonly #roundings = new Map<string, Rounding>();
  /** Values from outside the integer part and what they are called after rounding. */
  readonly #entered = new Map<string, string>();

  constructor(links: Links, ranges: ReadonlyMap<string, Range>) {
    this.#links = links;
    this.#ranges = ranges;
  }

  /** The nodes that replace one step: rounding of what enters, the node, rounding of what it makes. */
  quantise({ node: original, inputs, output }: Step): OnnxNode[] {
    const nodes: OnnxNode[] = [];
    const rounded = inputs.map((name) => this.#enter(name, nodes));
    const rest = original.inputs.slice(inputs.length);
    if (original.op === "Conv") this.#roundBias(original, rest, nodes);
    const exact = `${output}.float`;
    nodes.push({ ...original, name: exact, inputs: [...rounded, ...rest], outputs: [exact] });
    if (original.op === "MaxPool") this.#roundings.set(output, this.#rounding(inputs[0]!));
    nodes.push(...this.#round(exact, output, this.#rounding(output)));
    return nodes;
  }

  #enter(name: string, nodes: OnnxNode[]): string {
    if (this.made.has(name)) return name;
    const known = this.#entered.get(name);
    if (known) return known;
    const entered = `${name}.rounded`;
    nodes.push(...this.#round(name, entered, this.#rounding(name)));
    this.#entered.set(name, entered);
    return entered;
  }

  #round(from: string, to: string, { scaleName, zeroName }: Rounding): OnnxNode[] {
    const integers = `${to}.uint8`;
    return [
      node("QuantizeLinear", [from, scaleName, zeroName], [integers]),
      node("DequantizeLinear", [integers, scaleName, zeroName], [to]),
    ];
  }

  /** The bias as int32 in units of input scale times weight scale, as the integer sums are. */
  #roundBias(conv: OnnxNode, rest: string[], nodes: OnnxNode[]): void {
    const use = weightUse(conv, this.#links)!;
    if (!use.bias) return;
    const { scale } = this.#rounding(conv.inputs[0]!);
    const scales = roundWeights(use).scales.map((weightScale) => weightScale * scale);
    const values = Int32Array.from(floatsOf(use.bias), (b, c) => Math.round(b / scales[c]!));
    const name = `${conv.outputs[0]}.bias.int32`;
    const rounded = `${conv.outputs[0]}.bias.rounded`;
    this.constants.push(tensorOf(name, values), tensorOf(`${name}.scale`, scales));
    nodes.push(node("DequantizeLinear", [name, `${name}.scale`], [rounded], { axis: attribute.int(0) }));
    rest[1] = rounded;
  }

  #rounding(name: string): Rounding {
    const known = this.#roundings.get(name);
    if (known) return known;
    const range = this.#ranges.get(name);
    if (!range)
      throw new NacreError(
        "weights",
        `No range is known for the value "${name}". Calibrate this graph first.`,
      );
    const low = Math.min(range.low, 0);
    const high = Math.max(range.high, 0);
    const scale = Math.fround((high - low) / 255) || 1;
    const rounding = { scale, scaleName: `${name}.uint8.scale`, zeroName: `${name}.uint8.zero` };
    this.constants.push(
      tensorOf(rounding.scaleName, new Float32Array([scale]), []),
      tensorOf(rounding.zeroName, new Uint8Array([Math.round(-low / scale)]), []),
    );
    this.#roundings.set(name, rounding);
    return rounding;
  }
}
