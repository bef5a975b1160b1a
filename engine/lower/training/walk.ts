import { sameShape } from "../../graph/shape.ts";
import { type Node, type Shape, topological, type Value } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import type { Convolution } from "../../ops/conv.ts";
import type { OpName } from "../../ops/index.ts";
import type { Emitter } from "../emitter.ts";
import { PLAIN } from "../plain/index.ts";
import { recurrentForward } from "../recurrent/index.ts";
import { attributesOf, Walk } from "../walk.ts";
import { choose, isPointwise, rowDot } from "./conv.ts";
import type { Carry, ConvShape, Formulation } from "./formulation.ts";
import { extentOf, positions, toChannels, toPictures } from "./layout.ts";
import {
  batchNorm,
  batchNormFrozen,
  batchNormGradient,
  type Spread,
  spreads,
  statisticsBuffers,
} from "./norm.ts";
import { maxPool, maxPoolGradient, type PoolShape } from "./pool.ts";

/** Operators that work element by element, and so in any layout. */
export const ELEMENTWISE: ReadonlySet<string> = new Set<OpName>([
  "add", "subtract", "multiply", "divide", "maximum", "greater", "equal", "negate", "exp", "log", "sqrt", "tanh", "sigmoid", "cos",
  "sin", "abs", "sign", "relu", "relu6", "positive", "inside6", "cast", "where",
]); // biome-ignore format: a set of words

/** What a rule wrote: for each output its name, as a matrix of channels or of filters, or in the usual layout. */
type Written = readonly { readonly layout: "channels" | "filters" | "plain"; readonly name: string }[];

const channels = (name: string): Written => [{ layout: "channels", name }];
const filters = (name: string): Written => [{ layout: "filters", name }];
const plain = (name: string): Written => [{ layout: "plain", name }];

/** A weight [K, C, R, S] as the matrix that convolutions multiply with: [K, C·R·S], in the same order. */
export const filterMatrix = ([k, ...rest]: Shape): readonly [number, number] => [
  Number(k),
  rest.map(Number).reduce((a, b) => a * b, 1),
];

/**
 * Writes a training step: pictures as matrices [C, P], filters as matrices [K, C·R·S], everything else as the
 * plain rules have it.
 * Where neighbours can be one operator they become one: a gradient that is added to another goes into the
 * product that makes it, and so does a weight gradient into its momentum.
 */
export class TrainingWalk extends Walk {
  readonly #channels = new Map<Value, string>();
  readonly #filters: Map<Value, string>;
  readonly #uses = new Map<Value, number>();
  /** What live batch norms write their statistics over. */
  readonly #buffers = new Map<Node, readonly string[]>();
  /** Of gradients of batch norms. */
  readonly #spreads = new Map<Node, Spread>();
  #order: readonly Node[] = [];

  /** `names` says what the graph's inputs are called in ONNX, `filters` the same of those that are filter matrices. */
  constructor(
    emitter: Emitter,
    names: ReadonlyMap<Value, string>,
    filters: ReadonlyMap<Value, string> = new Map(),
  ) {
    super(emitter, names);
    this.#filters = new Map(filters);
  }

  /** Writes everything that `outputs` need and returns their names: filter matrices where `asFilters` says so. */
  override write(outputs: readonly Value[], asFilters: (value: Value) => boolean = () => false): string[] {
    const count = (value: Value) => this.#uses.set(value, (this.#uses.get(value) ?? 0) + 1);
    for (const output of outputs) count(output);
    this.#order = topological(outputs);
    for (const node of this.#order) for (const value of node.inputs) count(value);
    for (const node of this.#order) this.visit(node);
    return outputs.map((value) => (asFilters(value) ? this.#matrixOfFilters(value) : this.plain(value)));
  }

  override plain(value: Value): string {
    this.#ensure(value);
    if (!this.hasPlain(value)) {
      const matrix = this.#filters.get(value);
      const name =
        matrix === undefined
          ? toPictures(this.emitter, this.#channels.get(value)!, extentOf(value.shape))
          : this.emitter.reshape(matrix, value.shape.map(Number));
      this.setPlain(value, name);
    }
    return super.plain(value);
  }

  #isWritten(value: Value): boolean {
    return this.#channels.has(value) || this.#filters.has(value) || this.hasPlain(value);
  }

  /** Writes the node of a value that was left waiting. */
  #ensure(value: Value): void {
    if (!this.#isWritten(value)) this.writePlain(value.node);
  }

  protected override visit(node: Node): void {
    if (!this.#waits(node)) this.writePlain(node);
  }

  protected override writePlain(node: Node): void {
    if (this.#isWritten(node.outputs[0]!)) return;
    const written = this.#write(node);
    if (!written) super.writePlain(node);
    for (const [i, { layout, name }] of (written ?? []).entries()) {
      const value = node.outputs[i]!;
      if (layout === "plain") this.setPlain(value, name);
      else (layout === "channels" ? this.#channels : this.#filters).set(value, name);
    }
  }

  /** The value as a matrix [C, P]. */
  #matrix(value: Value): string {
    this.#ensure(value);
    let name = this.#channels.get(value);
    if (name === undefined) {
      name = toChannels(this.emitter, this.plain(value), extentOf(value.shape));
      this.#channels.set(value, name);
    }
    return name;
  }

  /** Gradients that one addition uses are left to it. */
  #waits(node: Node): boolean {
    const waiting = node.op.name === "conv2dInputGradient" || node.op.name === "conv2dWeightGradient";
    return waiting && this.#uses.get(node.outputs[0]!) === 1 && this.#formulation(node) !== undefined;
  }

  /** The node in channel matrices, or undefined where the plain rule does. */
  #write(node: Node): Written | undefined {
    const e = this.emitter;
    const { inputs, outputs } = node;
    const [output] = outputs;
    if (node.op.name === "add") {
      const fused = this.#fusedAdd(node);
      if (fused) return fused;
    }
    if (ELEMENTWISE.has(node.op.name)) return this.#elementwise(node);

    const pooling = attributesOf(node, "maxPool2d") ?? attributesOf(node, "maxPool2dGradient");
    if (pooling) {
      const small = node.op.name === "maxPool2d" ? output! : inputs[1]!;
      const shape: PoolShape = {
        ...pooling,
        input: extentOf(inputs[0]!.shape),
        output: extentOf(small.shape),
      };
      const [x, y, dy] = inputs.map((value) => this.#matrix(value));
      return channels(y && dy ? maxPoolGradient(e, x!, y, dy, shape) : maxPool(e, x!, shape));
    }

    const live = attributesOf(node, "batchNorm");
    if (live) {
      const [x, scale, bias] = inputs as [Value, Value, Value];
      const [y, mean, variance] = batchNorm(
        e, this.#matrix(x), this.plain(scale), this.plain(bias), this.#buffersOf(node), extentOf(x.shape), live.epsilon,
      ); // biome-ignore format: one line of arguments
      return [...channels(y!), ...plain(mean!), ...plain(variance!)];
    }

    const back = attributesOf(node, "batchNormGradient");
    if (back) {
      const [x, , mean, variance, dy] = inputs as [Value, Value, Value, Value, Value];
      const names = { x: this.#matrix(x), mean: this.plain(mean), variance: this.plain(variance) };
      const [dx, dscale, dbias] = batchNormGradient(
        e, names, this.#spreadOf(node, back.epsilon), this.#matrix(dy), extentOf(x.shape), back.epsilon,
      ); // biome-ignore format: one line of arguments
      return [...channels(dx!), ...plain(dscale!), ...plain(dbias!)];
    }

    const frozen = attributesOf(node, "batchNormFrozen");
    if (frozen) {
      const [x, ...vectors] = inputs;
      const names = [this.#matrix(x!), ...vectors.map((vector) => this.plain(vector))];
      return channels(batchNormFrozen(e, names, extentOf(x!.shape), frozen.epsilon));
    }

    if (node.op.name === "channelSum") {
      return plain(
        e.emit("ReduceSum", [this.#matrix(inputs[0]!), e.ints([1])], { keepdims: attribute.int(0) }),
      );
    }
    if (node.op.name === "channelDot") {
      const [a, b] = inputs as [Value, Value];
      const size = extentOf(a.shape);
      return plain(e.reshape(rowDot(e, this.#matrix(a), this.#matrix(b), size), [size.channels]));
    }
    const recurrence = attributesOf(node, "recurrent");
    if (recurrence) {
      const names = inputs.map((value) => this.plain(value));
      return plain(recurrentForward(e, { inputs, attributes: recurrence }, names));
    }
    return this.#convolution(node) ?? this.#globalPool(node);
  }

  /** Made at once for all batch norms that can be written by now. */
  #buffersOf(node: Node): readonly string[] {
    if (!this.#buffers.has(node)) {
      const nodes = this.#order.filter(
        ({ op, inputs: [, scale, bias], outputs: [y] }) =>
          op.name === "batchNorm" &&
          !this.#isWritten(y!) &&
          this.#isWritten(scale!) &&
          this.#isWritten(bias!),
      );
      const norms = nodes.map(({ inputs: [x, scale, bias] }) => ({
        scale: this.plain(scale!),
        bias: this.plain(bias!),
        channels: extentOf(x!.shape).channels,
      }));
      for (const [i, own] of statisticsBuffers(this.emitter, norms).entries())
        this.#buffers.set(nodes[i]!, own);
    }
    return this.#buffers.get(node)!;
  }

  /** Made at once for all gradients of batch norms whose forward pass is written. */
  #spreadOf(node: Node, epsilon: number): Spread {
    if (!this.#spreads.has(node)) {
      const nodes = this.#order.filter(
        (other) =>
          attributesOf(other, "batchNormGradient")?.epsilon === epsilon &&
          this.#isWritten(other.inputs[1]!) &&
          this.#isWritten(other.inputs[3]!),
      );
      const norms = nodes.map(({ inputs: [x, scale, , variance] }) => ({
        scale: this.plain(scale!),
        variance: this.plain(variance!),
        channels: extentOf(x!.shape).channels,
      }));
      for (const [i, spread] of spreads(this.emitter, norms, epsilon).entries())
        this.#spreads.set(nodes[i]!, spread);
    }
    return this.#spreads.get(node)!;
  }

  /** Elementwise on matrices, if an operand is one and the others fit: like it, one number a channel, or a scalar. */
  #elementwise(node: Node): Written | undefined {
    const {
      inputs,
      outputs: [output],
    } = node;
    if (output!.shape.length !== 4) return undefined;
    for (const value of inputs) this.#ensure(value);
    const rule = PLAIN[node.op.name as "add"] as (e: Emitter, node: Node, names: readonly string[]) => string;
    if (inputs.some((value) => this.#filters.has(value))) {
      const fit = inputs.every(({ shape }) => shape.length === 0 || sameShape(shape, output!.shape));
      if (!fit) return undefined;
      const names = inputs.map((value) =>
        value.shape.length === 0 ? this.plain(value) : this.#matrixOfFilters(value),
      );
      return filters(rule(this.emitter, node, names));
    }
    if (!inputs.some((value) => this.#channels.has(value))) return undefined;
    const names: string[] = [];
    for (const value of inputs) {
      if (sameShape(value.shape, output!.shape)) names.push(this.#matrix(value));
      else if (value.shape.length === 0) names.push(this.plain(value));
      else if (sameShape(value.shape, [1, output!.shape[1]!, 1, 1]))
        names.push(this.emitter.reshape(this.plain(value), [Number(output!.shape[1]), 1]));
      else return undefined;
    }
    return channels(rule(this.emitter, node, names));
  }

  #convolution(node: Node): Written | undefined {
    const formulation = this.#formulation(node);
    if (!formulation) return undefined;
    const { how, shape } = formulation;
    const [a, b] = node.inputs as [Value, Value];
    if (node.op.name === "conv2d") {
      return channels(how.forward(this.emitter, this.#matrix(a), this.#matrixOfFilters(b), shape));
    }
    if (node.op.name === "conv2dInputGradient") {
      return channels(how.inputGradient(this.emitter, this.#matrix(a), this.#matrixOfFilters(b), shape));
    }
    return this.#weightGradient(node);
  }

  #weightGradient(node: Node, carry?: Carry): Written {
    const { how, shape } = this.#formulation(node)!;
    const [x, dy] = node.inputs as [Value, Value];
    const dw = how.weightGradient(this.emitter, this.#matrix(x), this.#matrix(dy), shape, carry);
    return filters(dw);
  }

  /** a + b where one of them is a convolution's gradient that nobody else needs. */
  #fusedAdd({ inputs }: Node): Written | undefined {
    for (const [i, value] of inputs.entries()) {
      const other = inputs[1 - i]!;
      if (this.#uses.get(value) !== 1 || !sameShape(value.shape, other.shape)) continue;
      const formulation = this.#formulation(value.node);
      if (!formulation) continue;
      const { how, shape } = formulation;
      const [a, b] = value.node.inputs as [Value, Value];
      if (value.node.op.name === "conv2dInputGradient" && isPointwise(shape) && shape.stride === 1) {
        const residual = this.#matrix(other);
        return channels(
          how.inputGradient(this.emitter, this.#matrix(a), this.#matrixOfFilters(b), shape, residual),
        );
      }
      if (value.node.op.name === "conv2dWeightGradient") {
        const momentum = this.#scaled(other);
        if (momentum) return this.#weightGradient(value.node, momentum);
      }
    }
    return undefined;
  }

  /** Reads `value` as constant · tensor of filters. */
  #scaled({ node, shape }: Value): Carry | undefined {
    if (node.op.name !== "multiply" || shape.length !== 4) return undefined;
    for (const [i, value] of node.inputs.entries()) {
      const constant = attributesOf(value.node, "constant");
      if (!constant || constant.shape.length > 0 || !(constant.data instanceof Float32Array)) continue;
      const tensor = node.inputs[1 - i]!;
      if (sameShape(tensor.shape, shape))
        return { name: this.#matrixOfFilters(tensor), factor: constant.data[0]! };
    }
    return undefined;
  }

  /** The weight as the matrix [K, C·R·S]. */
  #matrixOfFilters(weight: Value): string {
    this.#ensure(weight);
    let name = this.#filters.get(weight);
    if (name === undefined) {
      name = this.emitter.reshape(this.plain(weight), filterMatrix(weight.shape));
      this.#filters.set(weight, name);
    }
    return name;
  }

  #formulation(node: Node): { how: Formulation; shape: ConvShape } | undefined {
    const [a, b] = node.inputs;
    const [output] = node.outputs;
    const forward = attributesOf(node, "conv2d");
    const inputGradient = attributesOf(node, "conv2dInputGradient");
    const weightGradient = attributesOf(node, "conv2dWeightGradient");
    const of = (options: Convolution, x: Value, weight: Value, y: Value) => {
      const kernel = weight.shape.slice(2).map(Number) as [number, number];
      const shape: ConvShape = { ...options, kernel, input: extentOf(x.shape), output: extentOf(y.shape) };
      const how = choose(shape);
      return how && { how, shape };
    };
    if (forward) return of(forward, a!, b!, output!);
    if (inputGradient) return of(inputGradient, output!, b!, a!);
    if (weightGradient) return of(weightGradient, a!, output!, b!);
    return undefined;
  }

  /** Sums over all places of a picture, and what repeats one number over all places: the two halves of global pooling. */
  #globalPool(node: Node): Written | undefined {
    const e = this.emitter;
    const [x] = node.inputs;
    const sum = attributesOf(node, "sum");
    if (sum && sum.axes.join() === "2,3" && this.#channels.has(x!)) {
      const { channels: c, height, width, n } = extentOf(x!.shape);
      const grid = e.reshape(this.#matrix(x!), [c, height * width, n]);
      const total = e.transpose(
        e.emit("ReduceSum", [grid, e.ints([1])], { keepdims: attribute.int(0) }),
        [1, 0],
      );
      return plain(e.reshape(total, node.outputs[0]!.shape.map(Number)));
    }
    const grow = attributesOf(node, "broadcastTo");
    if (grow && grow.shape.length === 4 && x!.shape.length === 4 && x!.shape[2] === 1 && x!.shape[3] === 1) {
      const size = extentOf(grow.shape);
      const { channels: c, height, width, n } = size;
      if (x!.shape[0] !== n || x!.shape[1] !== c) return undefined;
      const once = e.reshape(e.transpose(e.reshape(this.plain(x!), [n, c]), [1, 0]), [c, 1, n]);
      return channels(
        e.reshape(e.emit("Expand", [once, e.ints([c, height * width, n])]), [c, positions(size)]),
      );
    }
    return undefined;
  }
}
