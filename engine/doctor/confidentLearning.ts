/**
 * Confident learning: which labels are wrong, told from out-of-fold probabilities (Northcutt, Jiang and Chuang
 * 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 70).
 * Inputs everywhere: `probabilities` [N, classes] row-major, `labels` [N], each in [0, classes).
 */

/** A label that is probably wrong. */
export interface Suspect {
  /** Index of the example. */
  readonly example: number;
  readonly label: number;
  readonly suggested: number;
  /** Out-of-fold probabilities of the two. */
  readonly labelProbability: number;
  readonly suggestedProbability: number;
}

/**
 * The labels that are probably wrong, the most suspect first: of each class as many as the confident joint counts
 * elsewhere, those that believe in their label least ("prune by class", §3.2, method 3), unless it is still the
 * likeliest. Ordered by the margin by which another class is likelier.
 */
export function suspectLabels(probabilities: Float32Array, labels: Int32Array, classes: number): Suspect[] {
  const joint = confidentJoint(probabilities, labels, classes);
  const members: number[][] = Array.from({ length: classes }, () => []);
  for (const [example, label] of labels.entries()) members[label]!.push(example);
  const suspects: Suspect[] = [];
  for (const [label, examples] of members.entries()) {
    const believed = (example: number) => probabilities[example * classes + label]!;
    const wrong = Math.round(examples.length - joint[label]![label]!);
    examples.sort((a, b) => believed(a) - believed(b));
    for (const example of examples.slice(0, wrong)) {
      const suggested = likeliest(probabilities, example, classes, () => true)!;
      if (suggested === label) continue;
      const suggestedProbability = probabilities[example * classes + suggested]!;
      suspects.push({ example, label, suggested, labelProbability: believed(example), suggestedProbability });
    }
  }
  const margin = (s: Suspect) => s.suggestedProbability - s.labelProbability;
  return suspects.sort((a, b) => margin(b) - margin(a));
}

/**
 * The confident joint (§3.1): for each label, how many examples seem to be of each class. An example counts for
 * the likeliest of the classes that it is as sure of as those labelled so are on average; rows are scaled to the
 * numbers of labels.
 *
 * @returns [classes][classes], given label by seeming class
 */
export function confidentJoint(probabilities: Float32Array, labels: Int32Array, classes: number): number[][] {
  const counts = new Float64Array(classes);
  const thresholds = new Float64Array(classes);
  for (const [example, label] of labels.entries()) {
    counts[label]!++;
    thresholds[label]! += probabilities[example * classes + label]!;
  }
  // A class without examples has a threshold of 0 / 0, which no probability reaches.
  for (let c = 0; c < classes; c++) thresholds[c]! /= counts[c]!;
  const joint = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [example, label] of labels.entries()) {
    const confident = (c: number) => probabilities[example * classes + c]! >= thresholds[c]!;
    const seeming = likeliest(probabilities, example, classes, confident);
    if (seeming !== undefined) joint[label]![seeming]!++;
  }
  for (const [label, row] of joint.entries()) {
    const counted = row.reduce((sum, count) => sum + count, 0);
    if (counted === 0) row[label] = counts[label]!;
    else for (let c = 0; c < classes; c++) row[c]! *= counts[label]! / counted;
  }
  return joint;
}

/** The likeliest of an example's classes that are admitted; undefined where none is. */
function likeliest(
  probabilities: Float32Array,
  example: number,
  classes: number,
  admitted: (c: number) => boolean,
): number | undefined {
  let best: number | undefined;
  for (let c = 0; c < classes; c++) {
    if (!admitted(c)) continue;
    if (
      best === undefined ||
      probabilities[example * classes + c]! > probabilities[example * classes + best]!
    )
      best = c;
  }
  return best;
}
