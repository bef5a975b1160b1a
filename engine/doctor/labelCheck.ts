import type { Rng } from "../random.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { suspectLabels } from "./confidentLearning.ts";
import type { LabelCheck, Labelled } from "./diagnosis.ts";
import type { DuplicateGroup } from "./duplicates.ts";
import { FOLDS, outOfFold, rowsOf } from "./outOfFold.ts";

export interface LabelCheckOptions {
  readonly pictures: readonly Labelled[];
  /** [pictures, width] */
  readonly features: Float32Array;
  /** Among the pictures, by index. */
  readonly duplicates: readonly DuplicateGroup[];
  readonly classes: number;
  readonly runtime: Runtime;
  readonly rng: Rng;
  /** Told after each epoch how many are done of all; what it throws ends the work. */
  readonly onEpoch: (done: number, of: number) => void;
}

/** Judges the label of each picture by what the others look like, in classes with enough different pictures. */
export async function checkLabels(options: LabelCheckOptions): Promise<LabelCheck> {
  const { pictures, duplicates, classes, features } = options;
  const groups = Int32Array.from(pictures.keys());
  for (const { members } of duplicates) for (const i of members) groups[i] = members[0]!;
  const different = Array.from({ length: classes }, () => new Set<number>());
  for (const [i, { label }] of pictures.entries()) different[label]!.add(groups[i]!);
  const judged = indicesWhere(different, ({ size }) => size >= FOLDS);
  const unchecked = indicesWhere(different, ({ size }) => size < FOLDS);
  if (judged.length < 2) return { checked: 0, suspects: [], unchecked: [...different.keys()] };

  const chosen = indicesWhere(pictures, ({ label }) => judged.includes(label));
  const labels = Int32Array.from(chosen, (i) => judged.indexOf(pictures[i]!.label));
  const width = features.length / pictures.length;
  const probabilities = await outOfFold({
    ...options,
    features: rowsOf(features, width, chosen),
    width,
    labels,
    classes: judged.length,
    groups: chosen.map((i) => groups[i]!),
  });
  const suspects = suspectLabels(probabilities, labels, judged.length).map(
    ({ example, suggested, ...how }) => ({
      picture: pictures[chosen[example]!]!,
      suggested: judged[suggested]!,
      suggestedProbability: how.suggestedProbability,
      labelProbability: how.labelProbability,
    }),
  );
  return { checked: chosen.length, suspects, unchecked };
}

function indicesWhere<T>(items: readonly T[], wanted: (item: T) => boolean): number[] {
  return Array.from(items.keys()).filter((i) => wanted(items[i]!));
}
