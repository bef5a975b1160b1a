import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { z } from "zod";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { dataFolder } from "../data-folder.ts";

const index = z.int().min(0);

const answer = z.object({
  /** The indices of its own class and of the one that it was taken for. */
  shown: index,
  answered: index,
  /** Of the wrong answer, in [0, 1]. */
  probability: z.number(),
});

const file = answer.extend({
  /** Below the folder of the data. */
  file: z.string().refine((path) => !isAbsolute(path) && !/^\.\.([\\/]|$)/.test(normalize(path))),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const text = answer.extend({ text: z.string() });

const schema = z.object({
  /** The sha256 of the release's weights: those of another release of the same name say nothing of this one. */
  weights: z.string(),
  /** The folder or file of the examples, as an absolute path, and which part of it was taken. */
  data: z.string(),
  split: z.string(),
  /** ISO 8601 */
  measured: z.string(),
  /** confusion[shown][answered], in examples. */
  confusion: z.array(z.array(index)),
  /** What was taken for something else, the surest answers first; of each cell no more than `MOST_OF_A_CELL`. */
  examples: z.array(z.union([file, text])),
});

/** What a release took for what when it was measured. */
export type Confusions = z.infer<typeof schema>;

/** An example that was taken for something else: a file, or a text. */
export type ConfusedExample = Confusions["examples"][number];
export type ConfusedFile = z.infer<typeof file>;

/** How a file is told from others, and from itself when it is changed. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Where it is kept: among the app's own things, because examples are nobody's but the owner's. */
export const recordOf = (root: string, { task, version }: Pick<Manifest, "task" | "version">): string =>
  join(dataFolder(root), "confusions", task, `${version}.json`);

/** What a release was found to confuse; undefined where it was never measured as it is, or the record is damaged. */
export async function findConfusions(root: string, manifest: Manifest): Promise<Confusions | undefined> {
  const path = recordOf(root, manifest);
  const written = await readFile(path, "utf8").catch(() => undefined);
  if (written === undefined) return undefined;
  const found = schema.safeParse(parsed(written));
  const classes = manifest.classes.length;
  const fits = ({ confusion }: Confusions) =>
    confusion.length === classes && confusion.every((row) => row.length === classes);
  if (found.success && found.data.weights !== manifest.weights.sha256) return undefined;
  if (found.success && fits(found.data)) return found.data;
  console.warn(`${path} is damaged and left out. Measure the release again: npm run evaluate.`);
  return undefined;
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
