import type { Metrics } from "../train/metrics.ts";
import type { SourceFigures } from "../train/sourceFigures.ts";
import {
  arithmeticTable,
  cardHead,
  classTable,
  interval,
  megabytes,
  percent,
  speedLine,
} from "./cardParts.ts";
import type { TextManifest } from "./manifest.ts";

/** The model card of a release that reads texts, in Markdown (Mitchell et al. 2019). */
export function textCard(
  manifest: TextManifest,
  float32: Metrics,
  wasm: Metrics,
  sources: Readonly<Record<string, SourceFigures>>,
): string {
  const { classes, input, graphs, weights, metrics, known } = manifest;
  const named = Object.entries(sources).filter(([source]) => source !== "");
  return `${cardHead(manifest)}

## Input and output

"tokens": int64 [N, T, ${input.grams.longest}], for each piece of the text its id in ${input.vocabulary.file} and those of the n-grams that end
with it, hashed into ${input.grams.buckets} buckets; texts of more than ${input.window} pieces are read in windows, whose answers are averaged.
"logits": float32 [N, ${classes.length}]; probabilities are softmax(logits / ${manifest.temperature.toFixed(4)}).

## How good it is

On ${metrics.n} texts (${metrics.split}), with 95 % intervals (Wilson; bootstrap for macro-F1).

${arithmeticTable(float32, wasm)}
${
  known
    ? `
A text counts as known if words that were learned are at least ${percent(known.threshold)} of it: ${interval(known.kept)} do.
`
    : ""
}
${classTable(classes, wasm, "texts")}
${
  named.length > 0
    ? `
## By source

"Binary" leaves neutral texts out and takes the likelier of negative and positive.

| source | texts | accuracy | macro-F1 | binary |
|---|---:|---:|---:|---:|
${named
  .map(
    ([source, { n, accuracy, macroF1, binaryAccuracy }]) =>
      `| ${source} | ${n} | ${percent(accuracy)} | ${percent(macroF1)} | ${binaryAccuracy === undefined ? "–" : percent(binaryAccuracy)} |`,
  )
  .join("\n")}
`
    : ""
}
## Where not to trust it

It has read short posts and reviews. Irony, quotations, comparisons and judgements that need knowledge of the world
are often misread. What it knows of a language is what its training texts held: texts in others, and jargon, are told by
their small known share, not all of them. The words that it marks are what moved its answer, not reasons.

## Files

| file | size | what |
|---|---:|---|
| wasm.onnx | ${megabytes(graphs.wasm.bytes)} | answers |
| why.onnx | ${megabytes(graphs.why.bytes)} | what each piece says for a class |
| weights.bin | ${megabytes(weights.bytes)} | the weights of both, 8 bits |
| ${input.vocabulary.file} | ${megabytes(input.vocabulary.bytes)} | the pieces |
${speedLine(manifest, "short text")}`;
}
