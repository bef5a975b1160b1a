import { NacreError } from "../errors.ts";
import type { Rng } from "../random.ts";
import type { ClassFolder, SplitName } from "./folder.ts";
import type { Sample } from "./sample.ts";

/** Samples to train on, to choose on, to report on. */
export type Splits<Example = Sample> = Readonly<Record<SplitName, readonly Example[]>>;

interface Labelled {
  readonly label: number;
}

/** Of each class this share goes to val, and the same to test, but at least one each. */
const HELD_OUT = 0.1;
/** A class needs this many pictures to train on. */
const MIN_TRAIN = 2;

/**
 * The three splits of a folder to train on: its own where it has them, else 80 % train, 10 % val and
 * 10 % test of every class, drawn with `rng`. Where a folder has train but no val, val is taken from
 * train in the same way; test may then be empty, for nothing is trained or chosen on it.
 *
 * @throws NacreError "input" naming a class with too few pictures
 */
export function trainingSplits<Example extends Labelled = Sample>(
  folder: ClassFolder<Example>,
  rng: Rng,
): Splits<Example> {
  const { all, train, val, test = [] } = folder.splits;
  const splits = all
    ? stratify(folder, all, ["val", "test"], rng)
    : val
      ? { train: train!, val, test }
      : { ...stratify(folder, train!, ["val"], rng), test };
  requireClasses(folder, "train", splits.train, MIN_TRAIN);
  requireClasses(folder, "val", splits.val, 1);
  return splits;
}

/** Takes files of each class out of `samples` for the held-out splits; order within a split is kept. */
function stratify<Example extends Labelled>(
  { classes, files }: ClassFolder<Example>,
  samples: readonly Example[],
  heldOut: readonly ("val" | "test")[],
  rng: Rng,
): Splits<Example> {
  const members: number[][] = classes.map(() => []);
  for (const [i, { label }] of samples.entries()) members[label]!.push(i);
  const assigned: SplitName[] = samples.map(() => "train");
  for (const [label, indices] of members.entries()) {
    const needed = MIN_TRAIN + heldOut.length;
    if (indices.length < needed) {
      throw new NacreError(
        "input",
        `The class ${classes[label]} has too few ${files} (${indices.length}); it needs at least ${needed}, ` +
          `${MIN_TRAIN} to train on and one each for ${heldOut.join(" and ")}.`,
      );
    }
    // Forked by name, so that a class added later leaves the others' splits as they are.
    const order = rng.fork("split", classes[label]!).permutation(indices.length);
    const share = Math.max(1, Math.floor(indices.length * HELD_OUT));
    for (const [k, split] of heldOut.entries()) {
      for (let i = 0; i < share; i++) assigned[indices[order[k * share + i]!]!] = split;
    }
  }
  const part = (name: SplitName) => samples.filter((_, i) => assigned[i] === name);
  return { train: part("train"), val: part("val"), test: part("test") };
}

function requireClasses<Example extends Labelled>(
  folder: ClassFolder<Example>,
  split: SplitName,
  samples: readonly Example[],
  needed: number,
): void {
  const counts = folder.classes.map(() => 0);
  for (const { label } of samples) counts[label]!++;
  const label = counts.findIndex((count) => count < needed);
  if (label < 0) return;
  throw new NacreError(
    "input",
    `${folder.directory}: the class ${folder.classes[label]} has too few ${folder.files} in ${split} (${counts[label]}); it needs at least ${needed}.`,
  );
}
