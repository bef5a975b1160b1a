import { readdirSync, readFileSync } from "node:fs";
import { topological, type Value } from "../graph/value.ts";
import { OPS, type OpName } from "../ops/index.ts";
import { input } from "../ops/leaf.ts";
import { CASES } from "./cases.ts";
import { type Lowering, modelOf } from "./lowered.ts";

/** Writes engine/OPS.md from the table of operators, their source and their cases. */

/** What stands above a definition: its doc comment, and the comment lines between that and the definition. */
interface Comments {
  readonly doc: string;
  readonly lines: string;
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The comments above the line that begins with `definition`, each joined into one line. */
function commentsAbove(source: string, definition: string): Comments {
  const lines = source.split("\n");
  let at = lines.findIndex((line) => line.startsWith(definition)) - 1;
  const formula: string[] = [];
  while (lines[at]?.startsWith("//")) formula.unshift(lines[at--]!.replace(/^\/\/\s*/, ""));
  const doc: string[] = [];
  if (lines[at]?.endsWith("*/")) {
    do doc.unshift(lines[at]!.replace(/^\/?\*+\/?|^ \*\/?|\*\/$/g, "").trim());
    while (!lines[at--]!.startsWith("/**"));
  }
  return { doc: doc.join(" ").trim(), lines: formula.join(" ") };
}

/** How often each ONNX operator is written for `outputs`. */
function counts(
  outputs: readonly Value[],
  inputs: readonly Value[],
  lowering: Lowering,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const { op } of modelOf(outputs, inputs, lowering).graph.nodes)
    found.set(op, (found.get(op) ?? 0) + 1);
  return found;
}

/** The ONNX operators that a lowering writes for an operator's cases, in the order of their first use. */
function written(name: OpName, lowering: Lowering): string[] {
  const found = new Set<string>();
  for (const { operands, apply } of CASES[name]) {
    const inputs = operands.map(({ shape, dtype }, i) => input(`x${i}`, shape, dtype));
    // A case may compute what the operator works on, and go on from what it gives: that is not counted.
    const node = topological([apply(...inputs)]).find(({ op }) => op.name === name)!;
    const before = counts(node.inputs, inputs, lowering);
    for (const [op, count] of counts([...node.inputs, ...node.outputs], inputs, lowering)) {
      if (count > (before.get(op) ?? 0)) found.add(op);
    }
  }
  return [...found].filter((op) => op !== "Identity" && op !== "Reshape");
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** The row of one operator, or what is wrong with its source. */
function row(name: OpName, source: string): string {
  const { doc, lines } = commentsAbove(source, `export const ${name} = `);
  const { gradient } = OPS[name].op;
  if (!("stop" in gradient) && lines === "")
    throw new Error(`OPS.md: ${name} has a gradient rule, but no formula in a // comment above it.`);
  const derivative = "stop" in gradient ? `none: ${gradient.stop}` : lines;
  const [plain, training] = [written(name, "plain"), written(name, "training")];
  const onnx = plain.join(", ") || "–";
  // A lone operator is put into training's layout and back; in a network its neighbours are in it already.
  const inside = training.filter((op) => op !== "Transpose" || plain.includes(op));
  const fast = inside.join() === plain.join() ? "the same" : inside.join(", ");
  return `| \`${name}\` | ${cell(doc) || "–"} | ${cell(derivative)} | ${onnx} | ${fast} | ${CASES[name].length} |`;
}

/** The text of engine/OPS.md. Throws where an operator is defined nowhere or its gradient has no formula. */
export function operatorsDocument(): string {
  const files = readdirSync(new URL("../ops/", import.meta.url)).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "index.ts",
  );
  const families = files.toSorted().map((file) => {
    const source = read(`ops/${file}`);
    const names = (Object.keys(OPS) as OpName[]).filter((name) => source.includes(`export const ${name} = `));
    return { file, source, names };
  });
  const defined = families.flatMap(({ names }) => names).length;
  if (defined !== Object.keys(OPS).length)
    throw new Error(`OPS.md: ${defined} operators are defined in engine/ops, the table has another number.`);

  const conv = read("lower/training/conv.ts");
  const formulations = [conv, read("lower/training/winograd.ts")].flatMap((source) =>
    [...source.matchAll(/^(?:export )?const (\w+): Formulation/gm)].map(
      ([declared, name]) => `- **${name}**: ${commentsAbove(source, declared).doc}`,
    ),
  );
  return `# Operators

<!-- Written by \`npx vitest run engine/ops/document.test.ts --update\` from the table in ops/index.ts; do not edit. -->

What a network can be made of: ${defined} operators, each with its shape rule and its gradient rule in one place
([ops/](ops)), and two ways to write it as ONNX ([lower/](lower)): plainly, as others expect to find it in a file,
and for training, with pictures as matrices [C, H·W·N]. Pictures are [N, C, H, W] everywhere else.

Every operator is proven on each of its cases ([testing/cases.ts](testing/cases.ts); the number is in the last column):

- its gradient rule against central differences in float64, by [ops/gradients.test.ts](ops/gradients.test.ts);
- both lowerings, run by onnxruntime, against plain loops in float64 ([testing/reference.ts](testing/reference.ts)),
  values and shapes, by [lower/lowering.test.ts](lower/lowering.test.ts);
- whole networks by [networks/networks.test.ts](networks/networks.test.ts), and against PyTorch by
  [train/step.test.ts](train/step.test.ts).

In the gradients, dy is the gradient of the result and da that of an operand a. A sum over the axes along which an
operand was repeated is understood; autodiff adds it. "The same" means that training has no layout of its own for it.

${families
  .filter(({ names }) => names.length > 0)
  .map(
    ({ file, source, names }) => `## [${file}](ops/${file})

| operator | what it gives | gradient | as plain ONNX | for training | cases |
| --- | --- | --- | --- | --- | --- |
${names.map((name) => row(name, source)).join("\n")}
`,
  )
  .join("\n")}
## How training computes a convolution

${commentsAbove(conv, "export function choose").doc}

${formulations.join("\n")}
`;
}
