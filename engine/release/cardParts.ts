/** What the model cards of all kinds of releases share, in Markdown. */

import type { Estimate, Metrics } from "../train/metrics.ts";
import { networksOf } from "./kinds.ts";
import type { Manifest } from "./manifest.ts";

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const interval = ({ value, low, high }: Estimate): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** The title, what the release is, and its licence. */
export const cardHead = (manifest: Manifest): string => {
  const { title, version, classes, created, licence } = manifest;
  return `# ${title.en}, ${version}

${networksOf(manifest)}, ${classes.length} classes, made on ${created.slice(0, 10)}.

## Licence

${licence.name}${licence.nonCommercial ? ", **for non-commercial use only**" : ""}. ${licence.credit}${licence.url ? ` (${licence.url})` : ""}`;
};

/** How quickly a release answers, where that was measured. `one` is what an example is called, such as "picture". */
export const speedLine = ({ speed }: Manifest, one: string): string =>
  speed
    ? `
One ${one} takes wasm.onnx ${speed.ms.toFixed(1)} ms in WebAssembly with one thread (${speed.processor}, ${speed.cores} ${speed.cores === 1 ? "core" : "cores"}).
`
    : "";

/** How each class fares, and what it is taken for. `counted` is what its examples are called, such as "pictures". */
export const classTable = (
  classes: Manifest["classes"],
  { perClass, confusion }: Pick<Metrics, "perClass" | "confusion">,
  counted: string,
): string => `| class | ${counted} | precision | recall | F1 | taken for |
|---|---:|---:|---:|---:|---|
${perClass
  .map(({ precision, recall, f1, support }, c) => {
    const taken = confusion[c]!.flatMap((count, other) =>
      count > 0 && other !== c ? [`${classes[other]!.id} ${count}`] : [],
    );
    return `| ${classes[c]!.id} | ${support} | ${percent(precision)} | ${percent(recall)} | ${percent(f1)} | ${taken.join(", ")} |`;
  })
  .join("\n")}`;

/** A row for each arithmetic of a release that listens or reads: accuracy, macro-F1, calibration error. */
export const arithmeticTable = (float32: Metrics, wasm: Metrics): string => {
  const row = (name: string, { top1, macroF1, ece }: Metrics) =>
    `| ${name} | ${interval(top1)} | ${interval(macroF1)} | ${ece.toFixed(3)} |`;
  return `| arithmetic | accuracy | macro-F1 | calibration error |
|---|---|---|---|
${row("float32", float32)}
${row("8-bit weights (wasm.onnx)", wasm)}`;
};
