import { expect, test } from "vitest";
import type { OnnxGraph } from "../../onnx/model.ts";
import { sgd } from "../../optim/optimiser.ts";
import { constantRate } from "../../optim/schedule.ts";
import { tinyResnet } from "../../testing/golden.ts";
import { trainingStep } from "../../train/step.ts";

const { model } = trainingStep({
  layer: tinyResnet,
  input: { shape: [2, 3, 32, 32], dtype: "float32" },
  classes: 4,
  optimiser: sgd({ momentum: 0.9 }),
  schedule: constantRate(0.1),
  statistics: "live",
  seed: 0,
  average: 0.99,
});

const bodyOf = (graph: OnnxGraph): OnnxGraph => {
  const { body } = graph.nodes.find(({ op }) => op === "Loop")!.attributes;
  if (body?.type !== "graph") throw new Error("the Loop has no body");
  return body.value;
};

/** Nodes none of whose outputs anybody uses. */
function idle({ nodes, outputs }: OnnxGraph, ...within: readonly OnnxGraph[]): string[] {
  const used = new Set(outputs.map(({ name }) => name));
  for (const graph of [{ nodes }, ...within])
    for (const { inputs } of graph.nodes) for (const name of inputs) used.add(name);
  return nodes.filter((node) => !node.outputs.some((name) => used.has(name))).map(({ name }) => name);
}

test("a step computes nothing that nobody needs", () => {
  const body = bodyOf(model.graph);
  expect(idle(body)).toEqual([]);
  expect(idle(model.graph, body)).toEqual([]);
});

test("momentum is part of the product that makes a weight's gradient", () => {
  const { nodes } = bodyOf(model.graph);
  const fused = nodes.filter(
    ({ op, attributes: { beta } }) => op === "Gemm" && beta?.value === Math.fround(0.9),
  );
  // The stem, and the bottleneck with its shortcut. The basic block's two put their taps together first.
  expect(fused).toHaveLength(5);
});

test("no tensor leaves a step through a reshape, which would copy it", () => {
  const { nodes, outputs } = bodyOf(model.graph);
  const makers = new Map(nodes.flatMap(({ op, outputs }) => outputs.map((name) => [name, op])));
  for (const { name, shape } of outputs.filter(({ shape }) => (shape?.length ?? 0) > 1))
    expect([shape, makers.get(name)]).not.toEqual([shape, "Reshape"]);
});

test("vectors that change alike are carried as one", () => {
  const vectors = bodyOf(model.graph).inputs.filter(({ shape }) => shape?.length === 1);
  const names = vectors.map(({ name }) => name);
  // Fifteen trained vectors: the scales and shifts of seven batch norms, and the last layer's bias.
  expect(names).toContain("now/bn1.weight+14");
  expect(names).toContain("now/velocity/bn1.weight+14");
  expect(names).toContain("now/bn1.running_mean+6");
  const updates = bodyOf(model.graph).nodes.filter(({ inputs }) =>
    inputs.includes("now/velocity/bn1.weight+14"),
  );
  expect(updates.map(({ op }) => op)).toEqual(["Mul"]);
});
