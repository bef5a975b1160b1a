import type { Metrics } from "../train/metrics.ts";
import {
  arithmeticTable,
  cardHead,
  classTable,
  interval,
  megabytes,
  percent,
  speedLine,
} from "./cardParts.ts";
import type { SoundManifest } from "./manifest.ts";

/** The model card of a release that listens, in Markdown (Mitchell et al. 2019). */
export function soundCard(manifest: SoundManifest, float32: Metrics, wasm: Metrics): string {
  const { classes, input, graphs, weights, metrics, known, listening } = manifest;
  const seconds = input.samples / input.rate;
  return `${cardHead(manifest)}

## Input and output

"sound": float32 [N, ${input.samples}], ${seconds} s of one channel at ${input.rate} Hz in [−1, 1], its mean taken away; the
log-mel features are part of the graph. "logits": float32 [N, ${classes.length}]; probabilities are
softmax(logits / ${manifest.temperature.toFixed(4)}).

## How good it is

On ${metrics.n} recordings (${metrics.split}), with 95 % intervals (Wilson; bootstrap for macro-F1).

${arithmeticTable(float32, wasm)}
${
  known
    ? `
A word counts from a probability of ${known.threshold.toFixed(3)} on: ${interval(known.kept)} of the words do${known.accepted ? `, and ${interval(known.accepted)} of other words are taken for one` : ""}.
`
    : ""
}
${classTable(classes, wasm, "recordings")}

## Listening

A window every ${listening.hop} s, answers averaged over ${listening.smoothing}, silent for ${listening.refractory} s after a word; threshold ${listening.threshold}. Words in
noise 5 to 20 dB below them; false detections in background without words.

| threshold | missed words | false an hour | median latency |
|---:|---:|---:|---:|
${listening.curve
  .map(
    ({ threshold, missed, falsePerHour, latency }) =>
      `| ${threshold} | ${percent(missed)} | ${falsePerHour.toFixed(1)} | ${Math.round(1000 * latency)} ms |`,
  )
  .join("\n")}

## Where not to trust it

It knows only these words, as the speakers, rooms and microphones of its recordings say them. Most other words and
noises are told from them, not all: nothing that may do harm should depend on one word.

## Files

| file | size | what |
|---|---:|---|
| wasm.onnx | ${megabytes(graphs.wasm.bytes)} | computes in floats, from 8-bit weights |
| weights.bin | ${megabytes(weights.bytes)} | the weights |
${speedLine(manifest, "recording")}`;
}
