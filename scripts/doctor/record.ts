/** What `doctor --json` prints. */

import type { Diagnosis, Labelled } from "../../engine/doctor/diagnosis.ts";

/**
 * Everything that was found as one record. Pictures are {"file", "class", "split"}, the split "all" where the
 * folder has none; shares are in [0, 1]. `features` names the release or file that labels were judged with.
 */
export function record(diagnosis: Diagnosis, features: string): object {
  const { directory, classes, pictures, unreadable, tiny, blank, duplicates, balance, labels } = diagnosis;
  const of = ({ path, label, split }: Labelled) => ({ file: path, class: classes[label], split });
  return {
    folder: directory,
    pictures,
    features,
    unreadable: unreadable.map(({ picture, reason }) => ({ ...of(picture), reason })),
    tiny: tiny.map(({ picture, width, height }) => ({ ...of(picture), width, height })),
    blank: blank.map(of),
    duplicates: duplicates.map(({ pictures: same, ...how }) => ({ ...how, pictures: same.map(of) })),
    balance: {
      ratio: balance.ratio,
      rare: balance.rare.map((label) => classes[label]),
      classes: balance.counts.map((counts, label) => ({
        class: classes[label],
        pictures: Object.fromEntries(balance.splits.map((split, i) => [split, counts[i]])),
      })),
    },
    labels: {
      checked: labels.checked,
      unchecked: labels.unchecked.map((label) => classes[label]),
      suspects: labels.suspects.map(({ picture, suggested, suggestedProbability, labelProbability }) => ({
        ...of(picture),
        probability: labelProbability,
        suggested: classes[suggested],
        suggestedProbability,
      })),
    },
  };
}
