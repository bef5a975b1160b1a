import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { NETWORKS } from "../../../engine/networks/index.ts";

/** The longest text of a form, in characters: a path. */
const text = z
  .string()
  .trim()
  .max(4096)
  .refine((written) => !written.includes("\0"));

/** What a person may wish of a training on the page. */
export const wishes = z.object({
  task: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(60),
  /** A folder or file on the server. */
  data: text.min(1),
  network: z.enum(Object.keys(NETWORKS)).optional(),
  epochs: z.int().min(1).max(100_000).optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** A file of weights, or the folder of a run or release. */
  init: text.optional(),
  /** Whether the last layer alone learns. */
  headOnly: z.boolean(),
});

export type Wishes = z.infer<typeof wishes>;

/**
 * The words after "npm run train -- <task>" that a person would type for the same.
 *
 * @param root what relative paths begin at
 */
export function wordsFor(root: string, { data, network, epochs, seed, init, headOnly }: Wishes): string[] {
  const path = (written: string) => resolve(root, written.replace(/^~(?=\/|$)/, homedir()));
  return [
    ...["--data", path(data)],
    ...(network === undefined ? [] : ["--network", network]),
    ...(epochs === undefined ? [] : ["--epochs", String(epochs)]),
    ...["--seed", String(seed)],
    ...(init ? ["--init", path(init)] : []),
    ...(headOnly ? ["--freeze", "backbone"] : []),
  ];
}

/** Where the data of words lie. */
export const dataOf = (words: readonly string[]): string => words[words.indexOf("--data") + 1]!;

/** A name for a new run's folder, the nth that was tried. */
export const folderFor = (runs: string, task: string, network: string, n: number): string =>
  join(runs, `${task}-${network}${n === 1 ? "" : `-${n}`}`);
