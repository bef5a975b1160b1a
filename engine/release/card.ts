import { pictureDims } from "../data/image/normalise.ts";
import type { Estimate, Metrics, ReliabilityBin } from "../train/metrics.ts";
import { cardHead, classTable, interval, megabytes, percent, speedLine } from "./cardParts.ts";
import type { PictureManifest } from "./manifest.ts";

/** How one arithmetic fares. */
export interface Fares extends Metrics {
  /** Share of the pictures that count as known. */
  readonly kept: Estimate;
}

/** How each arithmetic fares on the same pictures. */
export interface Comparison {
  readonly float32: Fares;
  readonly webgpu: Fares;
  readonly wasm: Fares;
}

/** A line of the reliability diagram, drawn in letters: the bar is how often, the mark how sure. */
function reliabilityRow({ confidence, accuracy, count }: ReliabilityBin): string {
  const bar = Array.from({ length: 51 }, (_, i) =>
    i === Math.round(50 * confidence) ? "|" : i <= 50 * accuracy ? "█" : "·",
  );
  return `${percent(confidence).padStart(10)} ${percent(accuracy).padStart(8)} ${String(count).padStart(8)}  ${bar.join("")}`;
}

/** What becomes of a picture, by its fit. */
const FITS = {
  squeeze: "a picture is squeezed to the square.",
  crop: "a picture is cut to the middle of the square.",
  both: `two looks at a picture, one above the other: the whole, squeezed to
the square, and its middle, a little closer, in the mirror. Each answer is the mean over both.`,
} as const;

const recalled = ({ recall }: PictureManifest): string =>
  recall
    ? `
The logits hold what the weights knew before they were trained on these classes: at weight ${recall.weight}, the logarithm of what
their own classes say of these (Nguyen et al. 2020, "LEEP", §3).
`
    : "";

/** A release's model card in Markdown (Mitchell et al. 2019): what it is, how good, where not to trust it. */
export function modelCard(manifest: PictureManifest, { float32, webgpu, wasm }: Comparison): string {
  const { classes, input, graphs, weights, metrics } = manifest;
  const row = (name: string, { top1, top3, top5, macroF1, ece, kept }: Fares) =>
    `| ${name} | ${interval(top1)} | ${interval(top3)} | ${interval(top5)} | ${interval(macroF1)} | ${ece.toFixed(3)} | ${percent(kept.value)} |`;
  return `${cardHead(manifest)}

## Input and output

"image": float32 [N, ${pictureDims(input).join(", ")}], red, green and blue, (byte / 255 − mean) / std with mean
${input.mean.join(", ")} and std ${input.std.join(", ")}; ${FITS[input.fit]}
"logits": float32 [N, ${classes.length}]; probabilities are softmax(logits / ${manifest.temperature.toFixed(4)}).
"maps": float32 [N, ${classes.length}, h, w], the evidence at each place, whose means are the logits${input.fit === "both" ? " of the first look" : ""}${manifest.recall ? ", but for what is recalled" : ""}.
"familiarity": float32 [N]; below ${manifest.known?.threshold.toFixed(4)} a picture shows none of the classes.
${recalled(manifest)}
## How good it is

On ${metrics.n} pictures (${metrics.split}), with 95 % intervals (Wilson; bootstrap for macro-F1). Expected calibration
error in 15 bins, after temperature scaling.

| arithmetic | top-1 | top-3 | top-5 | macro-F1 | calibration error | known |
|---|---|---|---|---|---|---|
${row("float32", float32)}
${row("8-bit weights (webgpu.onnx)", webgpu)}
${row("8-bit integers (wasm.onnx)", wasm)}

${classTable(classes, wasm, "pictures")}

## Reliability

How often answers of a confidence are right, by 8-bit integers. In a calibrated model the two agree.

\`\`\`text
confidence   right  pictures
${wasm.reliability.map(reliabilityRow).join("\n")}
\`\`\`

## Confusion matrix

Rows are what a picture shows, columns what it was taken for, both in the order of the classes above.

\`\`\`text
${wasm.confusion.map((counts) => counts.map((count) => String(count || "·").padStart(3)).join("")).join("\n")}
\`\`\`

## Where not to trust it

It knows only these ${classes.length} classes. Most pictures of something else are told by their low familiarity, not all.
Pictures unlike those it was trained on (drawings, parts, unusual angles) are answered less surely than the figures
above say.

## Files

| file | size | what |
|---|---:|---|
| wasm.onnx | ${megabytes(graphs.wasm.bytes)} | computes in 8-bit integers |
| webgpu.onnx | ${megabytes(graphs.webgpu.bytes)} | computes in floats, from 8-bit weights |
| weights.bin | ${megabytes(weights.bytes)} | the weights of both |
${speedLine(manifest, "picture")}`;
}
