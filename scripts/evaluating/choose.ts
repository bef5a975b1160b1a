import type { ClassFolder } from "../../engine/data/folder.ts";
import type { Sample } from "../../engine/data/sample.ts";
import { trainingSplits } from "../../engine/data/split.ts";
import { NacreError } from "../../engine/errors.ts";
import type { Rng } from "../../engine/random.ts";
import type { Wanted } from "./kind.ts";

/** The samples of a split; where the folder has no splits of its own, those that training with this seed left out. */
export function choose(folder: ClassFolder, split: Wanted["split"], rng: Rng): readonly Sample[] {
  const { splits, directory, files } = folder;
  if (split === "all") return Object.values(splits).flat();
  const samples = splits.all ? trainingSplits(folder, rng)[split] : (splits[split] ?? []);
  if (samples.length > 0) return samples;
  const present = Object.keys(splits).join(", ");
  throw new NacreError(
    "input",
    `${directory} has no ${split} ${files}. Choose with --split: ${present}, all.`,
  );
}
