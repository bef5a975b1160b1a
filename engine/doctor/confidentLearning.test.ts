import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { softmax } from "../train/calibration.ts";
import { confidentJoint, suspectLabels } from "./confidentLearning.ts";

/** Answers of a model that is right most of the time, to `truth`. */
function answers(truth: Int32Array, classes: number, rng: Rng): Float32Array {
  const logits = new Float32Array(truth.length * classes);
  for (const [i, label] of truth.entries()) {
    for (let c = 0; c < classes; c++) logits[i * classes + c] = 1.2 * rng.normal() + (c === label ? 4 : 0);
  }
  return softmax(logits, 1, classes);
}

test("swapped labels are found, and little else", () => {
  const [n, classes, rng] = [3000, 8, new Rng(1)];
  const truth = Int32Array.from({ length: n }, () => rng.integer(classes));
  const labels = truth.map((label) =>
    rng.chance(0.1) ? (label + 1 + rng.integer(classes - 1)) % classes : label,
  );
  const probabilities = answers(truth, classes, rng);
  const suspects = suspectLabels(probabilities, labels, classes);
  const found = suspects.filter(({ example }) => labels[example] !== truth[example]);
  const swapped = labels.filter((label, i) => label !== truth[i]).length;
  expect(found.length / swapped).toBeGreaterThan(0.9);
  expect(found.length / suspects.length).toBeGreaterThan(0.9);
  const named = found.filter(({ example, suggested }) => suggested === truth[example]);
  expect(named.length / found.length).toBeGreaterThan(0.95);
  const margins = suspects.map((s) => s.suggestedProbability - s.labelProbability);
  expect(margins).toEqual(margins.toSorted((a, b) => b - a));
  for (const { example, label, labelProbability } of suspects) {
    expect(labels[example]).toBe(label);
    expect(probabilities[example * classes + label]).toBe(labelProbability);
  }
});

test("right labels are left in peace", () => {
  const rng = new Rng(2);
  const truth = Int32Array.from({ length: 1000 }, () => rng.integer(4));
  const suspects = suspectLabels(answers(truth, 4, rng), truth, 4);
  expect(suspects.length).toBeLessThan(30); // of which the model is wrong about most
});

test("the confident joint counts as the paper does", () => {
  const labels = Int32Array.of(0, 0, 0, 1, 1);
  // Means of what is labelled so: 0.6 for class 0, 0.7 for class 1.
  const probabilities = Float32Array.of(0.9, 0.1, 0.65, 0.35, 0.25, 0.75, 0.1, 0.9, 0.5, 0.5);
  // The third counts as class 1, the last for none; rows are scaled to 3 and 2.
  expect(confidentJoint(probabilities, labels, 2)).toEqual([
    [2, 1],
    [0, 2],
  ]);
  expect(suspectLabels(probabilities, labels, 2)).toEqual([
    { example: 2, label: 0, suggested: 1, labelProbability: 0.25, suggestedProbability: 0.75 },
  ]);
});

test("classes without examples, and no examples at all, are no trouble", () => {
  expect(suspectLabels(new Float32Array(), new Int32Array(), 3)).toEqual([]);
  const third = 1 / 3;
  expect(suspectLabels(Float32Array.of(third, third, third), Int32Array.of(1), 3)).toEqual([]);
});
