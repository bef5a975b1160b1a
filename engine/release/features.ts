import { node } from "../onnx/build.ts";
import type { OnnxGraph, OnnxModel } from "../onnx/model.ts";
import { MAPS } from "./class-maps.ts";

/** The pooled features of the last layer before the head, float32 [N, features]. */
export const FEATURES = "features";

/** The nodes of a graph `withClassMaps`, and such that make the `FEATURES` which its head pools. */
export function makingFeatures({ nodes }: OnnxGraph): OnnxGraph["nodes"] {
  if (nodes.some(({ outputs }) => outputs.includes(FEATURES))) return nodes;
  const maps = nodes.find(({ outputs }) => outputs.includes(MAPS))!;
  return [
    ...nodes,
    node("GlobalAveragePool", [maps.inputs[0]!], [`${FEATURES}.pooled`]),
    node("Flatten", [`${FEATURES}.pooled`], [FEATURES]),
  ];
}

/** A model `withClassMaps` that also gives its `FEATURES`. */
export function withFeatures(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const outputs = [...graph.outputs, { name: FEATURES, type: "float32" as const, shape: ["N", "features"] }];
  return { ...model, graph: { ...graph, nodes: makingFeatures(graph), outputs } };
}
