import type { Metrics } from "../train/metrics.ts";
import type { SoundManifest } from "./manifest.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const interval = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** The model card of a release that listens, in Markdown (Mitchell et al. 2019). */
export function soundCard(manifest: SoundManifest, float32: Metrics, wasm: Metrics): string {
  const { classes, input, licence, graphs, weights, metrics, known, listening } = manifest;
  const row = (name: string, { top1, macroF1, ece }: Metrics) =>
    `| ${name} | ${interval(top1)} | ${interval(macroF1)} | ${ece.toFixed(3)} |`;
  const seconds = input.samples / input.rate;
  return `# ${manifest.title.en}, ${manifest.version}

${manifest.network}, ${classes.length} classes, made on ${manifest.created.slice(0, 10)}.

## Licence

${licence.name}${licence.nonCommercial ? ", **for non-commercial use only**" : ""}. ${licence.credit}${licence.url ? ` (${licence.url})` : ""}

## Input and output

"sound": float32 [N, ${input.samples}], ${seconds} s of one channel at ${input.rate} Hz in [−1, 1], its mean taken away; the
log-mel features are part of the graph. "logits": float32 [N, ${classes.length}]; probabilities are
softmax(logits / ${manifest.temperature.toFixed(4)}).

## How good it is

On ${metrics.n} recordings (${metrics.split}), with 95 % intervals (Wilson; bootstrap for macro-F1).

| arithmetic | accuracy | macro-F1 | calibration error |
|---|---|---|---|
${row("float32", float32)}
${row("8-bit weights (wasm.onnx)", wasm)}
${
  known
    ? `
A word counts from a probability of ${known.threshold.toFixed(3)} on: ${interval(known.kept)} of the words do${known.accepted ? `, and ${interval(known.accepted)} of other words are taken for one` : ""}.
`
    : ""
}
| class | recordings | precision | recall | F1 | taken for |
|---|---:|---:|---:|---:|---|
${wasm.perClass
  .map(({ precision, recall, f1, support }, c) => {
    const taken = wasm.confusion[c]!.flatMap((count, other) =>
      count > 0 && other !== c ? [`${classes[other]!.id} ${count}`] : [],
    );
    return `| ${classes[c]!.id} | ${support} | ${percent(precision)} | ${percent(recall)} | ${percent(f1)} | ${taken.join(", ")} |`;
  })
  .join("\n")}

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
| wasm.onnx | ${(graphs.wasm.bytes / 1e6).toFixed(2)} MB | computes in floats, from 8-bit weights |
| weights.bin | ${(weights.bytes / 1e6).toFixed(2)} MB | the weights |
`;
}
