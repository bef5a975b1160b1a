import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { negativeLogLikelihood } from "../train/calibration.ts";
import { bestShare, ensemble } from "./ensemble.ts";
import { withFamiliarity } from "./familiarity.ts";
import { withTwoLooks } from "./looks.ts";
import { quantiseWeights } from "./quantise-weights.ts";
import { answersTo, expectAlike, untrained } from "./untrained.fixture.ts";

const [classes, size, pictures] = [3, 64, 2];
const plane = size ** 2;
const bytes = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const halves = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;

/** Random pictures, normalised for either network. */
function drawn(rng: Rng) {
  const values = Float32Array.from({ length: pictures * 3 * plane }, () => rng.uniform());
  const by = ({ mean, std }: { mean: readonly number[]; std: readonly number[] }) =>
    values.map((x, i) => (x - mean[Math.floor(i / plane) % 3]!) / std[Math.floor(i / plane) % 3]!);
  return { forFirst: by(bytes), forSecond: by(halves) };
}

test("logits and maps are weighted sums, each network seeing pictures in its way, the rest the first's", async () => {
  const rng = new Rng(3);
  const means = Float32Array.from({ length: classes * 512 }, () => rng.uniform());
  const first = withFamiliarity(untrained("resnet18", classes, size), means, classes);
  const second = untrained("mobilenetv2", classes, size, 2);
  const both = ensemble([first, quantiseWeights(second)], [bytes, halves], [0.7, 0.4]);
  const { forFirst, forSecond } = drawn(rng);
  const dims = [pictures, 3, size, size];
  const one = await answersTo(first, forFirst, dims);
  const other = await answersTo(quantiseWeights(second), forSecond, dims);
  const answers = await answersTo(both, forFirst, dims);
  expect(Object.keys(answers)).toEqual(["logits", "maps", "familiarity"]);
  for (const name of ["logits", "maps"])
    expectAlike(
      answers[name]!,
      one[name]!.map((x, i) => 0.7 * x + 0.4 * other[name]![i]!),
    );
  expectAlike(answers.familiarity!, one.familiarity!);
  // It can be changed on as any classifier can.
  const twice = await answersTo(withTwoLooks(both), new Float32Array(2 * forFirst.length), [
    pictures,
    3,
    2 * size,
    size,
  ]);
  expect(twice.logits).toHaveLength(pictures * classes);
});

test("the best share is none of what knows nothing, and makes labels likelier than either alone", () => {
  const rng = new Rng(4);
  const n = 600;
  const labels = Int32Array.from({ length: n }, () => Math.floor(rng.uniform() * classes));
  const knowing = (sure: number) =>
    Float32Array.from(
      { length: n * classes },
      (_, i) => (i % classes === labels[Math.floor(i / classes)] ? sure : 0) + rng.normal(),
    );
  const nothing = Float32Array.from({ length: n * classes }, () => rng.normal());
  const [a, b] = [knowing(2), knowing(1.5).map((x) => 4 * x)];
  expect(bestShare(knowing(5), nothing, labels, classes).share).toBe(0);
  const { share, factors } = bestShare(a, b, labels, classes);
  expect(share).toBeGreaterThan(0.2);
  const loss = (logits: Float32Array) => {
    const temperatures = [0.5, 0.7, 1, 1.4, 2, 3, 4];
    return Math.min(...temperatures.map((t) => negativeLogLikelihood(logits, labels, classes, t)));
  };
  const mixed = a.map((x, i) => factors[0] * x + factors[1] * b[i]!);
  expect(loss(mixed)).toBeLessThan(Math.min(loss(a), loss(b)) - 0.02);
});
