import { expect, test } from "vitest";
import { drawDigits } from "../data/digits.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { argmax } from "../train/metrics.ts";
import type { Labelled } from "./diagnosis.ts";
import { checkLabels } from "./labelCheck.ts";
import { FOLDS, foldsOf, outOfFold } from "./outOfFold.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });

test("folds are even in every class and keep groups together", () => {
  const rng = new Rng(1);
  const labels = Int32Array.from({ length: 400 }, () => rng.integer(6));
  const alone = foldsOf(labels, Int32Array.from(labels.keys()), rng);
  for (let label = 0; label < 6; label++) {
    const sizes = Array.from({ length: FOLDS }, (_, fold) =>
      alone.reduce((n, other, i) => n + Number(other === fold && labels[i] === label), 0),
    );
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
  const groups = Int32Array.from(labels, () => rng.integer(100));
  const folds = foldsOf(labels, groups, rng);
  for (let group = 0; group < 100; group++) {
    expect(new Set(folds.filter((_, i) => groups[i] === group)).size).toBeLessThanOrEqual(1);
  }
});

test("a copy in the same group does not betray the label", async () => {
  // Noise: only whoever has seen a copy can know its label.
  const [width, n, rng] = [512, 120, new Rng(3)];
  const once = Float32Array.from({ length: (n / 2) * width }, () => rng.normal());
  const features = new Float32Array([...once, ...once]);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  const judge = async (groups: ArrayLike<number>) => {
    const probabilities = await outOfFold({ features, width, labels, classes: 2, groups, runtime, rng });
    return argmax(probabilities, 2).filter((answer, i) => answer === labels[i]).length / n;
  };
  expect(await judge(Array.from({ length: n }, (_, i) => i % (n / 2)))).toBeLessThan(0.7);
  expect(await judge(Array.from({ length: n }, (_, i) => i))).toBeGreaterThan(0.85);
});

test("swapped labels of drawn digits are found by their pixels", async () => {
  const { inputs, labels: truth } = drawDigits(500, new Rng(4));
  const rng = new Rng(5);
  const given = truth.map((label) => (rng.chance(0.1) ? (label + 1 + rng.integer(9)) % 10 : label));
  const pictures = Array.from(given, (label, i): Labelled => ({ path: String(i), label, split: "all" }));
  pictures.push({ path: "alone", label: 10, split: "all" });
  const seen: number[] = [];
  const { checked, suspects, unchecked } = await checkLabels({
    pictures,
    features: new Float32Array([...inputs, ...inputs.subarray(0, 28 * 28)]),
    duplicates: [],
    classes: 11,
    runtime,
    rng,
    onEpoch: (done, of) => seen.push(done / of),
  });
  expect([checked, unchecked, seen.at(-1)]).toEqual([500, [10], 1]);
  const right = suspects.filter(({ picture }) => picture.label !== truth[Number(picture.path)]);
  const swapped = given.filter((label, i) => label !== truth[i]).length;
  expect(right.length / swapped).toBeGreaterThan(0.8);
  expect(right.length / suspects.length).toBeGreaterThan(0.5);
});
