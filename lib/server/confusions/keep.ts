import { mkdir, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { argmax, confusionMatrix } from "../../../engine/train/metrics.ts";
import { storageError, writeWhole } from "../../../engine/train/writeWhole.ts";
import { type ConfusedExample, type Confusions, recordOf, sha256 } from "./record.ts";

/** What a release said of labelled examples. */
export interface Answers {
  readonly manifest: Manifest;
  /** The folder or file that they come from, and which part of it they are. */
  readonly data: string;
  readonly split: string;
  /** Of each example its file or, where the release reads texts, itself; needed only where the answer is wrong. */
  readonly items: readonly (string | undefined)[];
  readonly labels: Int32Array;
  /** [n, classes] */
  readonly probabilities: Float32Array;
}

/** So many examples of a cell are kept: more than anybody looks at. */
export const MOST_OF_A_CELL = 100;

/** No more of a text is kept, in UTF-16 code units. */
const LONGEST_TEXT = 2000;

/**
 * Keeps which examples a release took for something else, in place of what was kept of it before.
 *
 * @throws NacreError("storage")
 */
export async function keepConfusions(root: string, answers: Answers): Promise<void> {
  const { manifest, data, split, items, labels, probabilities } = answers;
  const classes = manifest.classes.length;
  const answered = argmax(probabilities, classes);
  const confusion = confusionMatrix(answered, labels, classes);
  const wrong = Array.from(labels, (shown, n) => ({ n, shown, answered: answered[n]! }))
    .filter(({ shown, answered }) => shown !== answered)
    .map((one) => ({ ...one, probability: probabilities[one.n * classes + one.answered]! }))
    .sort((a, b) => b.probability - a.probability);
  const kept = confusion.map((row) => row.map(() => 0));
  const examples: ConfusedExample[] = [];
  for (const { n, ...answer } of wrong) {
    if (kept[answer.shown]![answer.answered]!++ >= MOST_OF_A_CELL) continue;
    const item = items[n]!;
    const what =
      manifest.input.kind === "text"
        ? { text: item.length > LONGEST_TEXT ? `${item.slice(0, LONGEST_TEXT)} …` : item }
        : { file: relative(data, item), sha256: sha256(await readFile(item)) };
    examples.push({ ...answer, ...what });
  }
  const record: Confusions = {
    weights: manifest.weights.sha256,
    data: resolve(data),
    split,
    measured: new Date().toISOString(),
    confusion,
    examples,
  };
  const path = recordOf(root, manifest);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((cause) => {
    throw storageError(path, cause);
  });
  await writeWhole(path, [JSON.stringify(record)]);
}
