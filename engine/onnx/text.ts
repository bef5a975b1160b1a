import type { Dimension, OnnxAttribute, OnnxGraph, OnnxModel, OnnxTensor } from "./model.ts";

/** Longer lists are cut with "…". */
const longestList = 16;

/**
 * The model for people to read: one line per input, constant, node and output, graphs within nodes
 * indented. A shape stands behind a name where the model states it, as in
 * `y[N, 64, 56, 56] = Conv(x, w) {strides: [2, 2]}`.
 */
export function modelText(model: OnnxModel): string {
  const opsets = model.opsets.map(({ domain, version }) => `${domain || "ai.onnx"} ${version}`).join(", ");
  const head = `onnx ${model.irVersion}, ${opsets}${model.producer && `, by ${model.producer}`}`;
  const metadata = Object.entries(model.metadata).map(([key, value]) => `${key}: ${value}`);
  return `${[head, ...metadata, ...graphLines(model.graph)].join("\n")}\n`;
}

function graphLines(graph: OnnxGraph): string[] {
  const shapes = new Map<string, string>();
  for (const { name, shape } of [...graph.inputs, ...graph.outputs]) if (shape) shapes.set(name, dims(shape));
  const made = (name: string) => name + (shapes.get(name) ?? "");
  const lines = [`graph ${graph.name}`.trim()];
  for (const { name, type } of graph.inputs) lines.push(`input ${made(name)} ${type}`);
  for (const tensor of graph.initializers) lines.push(`constant ${tensor.name}${tensorText(tensor)}`);
  for (const node of graph.nodes) {
    const op = node.domain ? `${node.domain}.${node.op}` : node.op;
    const graphs: string[] = [];
    const attributes: string[] = [];
    for (const [name, value] of Object.entries(node.attributes)) {
      attributes.push(`${name}: ${attributeText(value)}`);
      if (value.type === "graph") graphs.push(...graphLines(value.value).map((line) => `  ${line}`));
    }
    const outputs = node.outputs.map((name) => (name ? made(name) : "_")).join(", ");
    const inputs = node.inputs.map((name) => name || "_").join(", ");
    lines.push(`${outputs} = ${op}(${inputs})${attributes.length ? ` {${attributes.join(", ")}}` : ""}`);
    lines.push(...graphs);
  }
  lines.push(`return ${graph.outputs.map(({ name, type }) => `${made(name)} ${type}`).join(", ")}`);
  return lines;
}

function attributeText(attribute: OnnxAttribute): string {
  switch (attribute.type) {
    case "int":
      return `${attribute.value}`;
    case "float":
      return short(attribute.value);
    case "string":
      return JSON.stringify(attribute.value);
    case "ints":
      return list(attribute.value.map(String));
    case "floats":
      return list(attribute.value.map(short));
    case "strings":
      return list(attribute.value.map((text) => JSON.stringify(text)));
    case "tensor":
      return `tensor${tensorText(attribute.value)}`;
    case "graph":
      return attribute.value.name || "graph";
  }
}

function tensorText({ dims: shape, type, data }: OnnxTensor): string {
  const place = data instanceof Uint8Array ? "" : ` at ${data.location}:${data.offset}+${data.length}`;
  return `${dims(shape)} ${type}${place}`;
}

/** A float as short as float32 is exact to, without the tail of its double. */
function short(value: number): string {
  return `${Number(value.toPrecision(7))}`;
}

function dims(shape: readonly Dimension[]): string {
  return list(shape.map((dimension) => (dimension === "" ? "?" : `${dimension}`)));
}

function list(items: readonly string[]): string {
  return `[${items.length > longestList ? `${items.slice(0, longestList).join(", ")}, …` : items.join(", ")}]`;
}
