import type { OnnxGraph, OnnxNode, OnnxTensor } from "./model.ts";

/** Who makes and who uses each value of a graph, for passes that rewrite it. */
export interface Links {
  /** Constants by name. */
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  /** The node that makes a value; none for inputs and constants. */
  readonly makers: ReadonlyMap<string, OnnxNode>;
  /** The only user of a value, or undefined if there are none or several, or if it leaves the graph. */
  onlyUser(name: string): OnnxNode | undefined;
}

/** The links of `graph`. A use within a node's own subgraph counts as a use by that node. */
export function linksOf(graph: OnnxGraph): Links {
  const users = new Map<string, OnnxNode[]>();
  const makers = new Map<string, OnnxNode>();
  for (const node of graph.nodes) {
    for (const name of usedBy(node)) users.set(name, [...(users.get(name) ?? []), node]);
    for (const name of node.outputs) makers.set(name, node);
  }
  const leaving = new Set(graph.outputs.map(({ name }) => name));
  return {
    constants: new Map(graph.initializers.map((tensor) => [tensor.name, tensor])),
    makers,
    onlyUser(name) {
      const [user, another] = users.get(name) ?? [];
      return another || leaving.has(name) ? undefined : user;
    },
  };
}

/** The graph without constants that nothing uses any more. */
export function dropUnusedConstants(graph: OnnxGraph): OnnxGraph {
  const used = new Set([...graph.nodes.flatMap(usedBy), ...graph.outputs.map(({ name }) => name)]);
  return { ...graph, initializers: graph.initializers.filter(({ name }) => used.has(name)) };
}

function usedBy(node: OnnxNode): string[] {
  const inner = Object.values(node.attributes).flatMap((attribute) =>
    attribute.type === "graph"
      ? [...attribute.value.nodes.flatMap(usedBy), ...attribute.value.outputs.map(({ name }) => name)]
      : [],
  );
  return [...node.inputs.filter((name) => name !== ""), ...inner];
}
