import { argmax, confusionMatrix, macroF1 } from "./metrics.ts";

/** How a classifier fares on the examples of one source. Shares are in [0, 1]. */
export interface SourceFigures {
  readonly n: number;
  readonly accuracy: number;
  /** Over the classes that the source has. */
  readonly macroF1: number;
  /**
   * With neutral examples left out, the likelier of negative and positive; absent where there are no such classes, or
   * no such examples.
   */
  readonly binaryAccuracy?: number;
}

/**
 * The figures of each source, in the order in which they come first.
 *
 * @param probabilities [N, classes]
 * @param ids of the classes
 */
export function sourceFigures(
  probabilities: Float32Array,
  labels: Int32Array,
  sources: readonly string[],
  ids: readonly string[],
): Record<string, SourceFigures> {
  const members = new Map<string, number[]>();
  for (const [i, source] of sources.entries()) {
    const own = members.get(source) ?? [];
    members.set(source, own);
    own.push(i);
  }
  return Object.fromEntries(
    [...members].map(([source, own]) => [source, figuresOf(own, probabilities, labels, ids)]),
  );
}

function figuresOf(
  members: readonly number[],
  probabilities: Float32Array,
  labels: Int32Array,
  ids: readonly string[],
): SourceFigures {
  const classes = ids.length;
  const own = new Float32Array(members.length * classes);
  for (const [row, i] of members.entries())
    own.set(probabilities.subarray(i * classes, (i + 1) * classes), row * classes);
  const truth = Int32Array.from(members, (i) => labels[i]!);
  const confusion = confusionMatrix(argmax(own, classes), truth, classes);
  const right = confusion.reduce((sum, row, c) => sum + row[c]!, 0);
  const [negative, positive] = [ids.indexOf("negative"), ids.indexOf("positive")];
  const polar =
    negative < 0 || positive < 0 ? [] : members.filter((i) => [negative, positive].includes(labels[i]!));
  const decided = polar.filter((i) => {
    const [against, for_] = [probabilities[i * classes + negative]!, probabilities[i * classes + positive]!];
    return (for_ > against ? positive : negative) === labels[i];
  });
  return {
    n: members.length,
    accuracy: right / members.length,
    macroF1: macroF1(confusion),
    ...(polar.length > 0 ? { binaryAccuracy: decided.length / polar.length } : {}),
  };
}
