import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { softmax } from "../train/calibration.ts";
import { withFamiliarity } from "./familiarity.ts";
import { withFeatures } from "./features.ts";
import { withTwoLooks } from "./looks.ts";
import { quantiseWeights } from "./quantise-weights.ts";
import { fitReading, type Remembered, SOURCE, withRecollections, withSourceHead } from "./recall.ts";
import { answersTo, expectAlike, untrained } from "./untrained.fixture.ts";

const [classes, sources] = [3, 6];

/** Pictures of which each class looks like two of the source classes, and how surely. */
function looksLike(count: number, sure: number, seed: number, of = (label: number) => label): Remembered {
  const rng = new Rng(seed);
  const labels = Int32Array.from({ length: count }, () => rng.integer(classes));
  const source = new Float32Array(count * sources).map(() => rng.normal());
  for (const [n, label] of labels.entries()) source[n * sources + 2 * of(label) + rng.integer(2)]! += sure;
  return { source, labels };
}

test("a source head answers from the features that the head sees, in one pass with the rest", async () => {
  const [size, features, pictures] = [32, 512, 2];
  const rng = new Rng(5);
  const drawn = (length: number) => Float32Array.from({ length }, () => rng.normal());
  const network = untrained("resnet18", classes, size);
  const head = {
    weight: { dims: [sources, features], data: drawn(sources * features) },
    bias: { dims: [sources], data: drawn(sources) },
  };
  const model = withFamiliarity(withSourceHead(network, head), drawn(classes * features), classes);
  const image = drawn(pictures * 3 * size * size);
  const dims = [pictures, 3, size, size];
  const { features: seen } = await answersTo(withFeatures(network), image, dims);
  const answers = await answersTo(model, image, dims);
  expect(Object.keys(answers)).toEqual(["logits", "maps", SOURCE, "familiarity"]);
  const expected = Float32Array.from({ length: pictures * sources }, (_, i) => {
    const [n, s] = [Math.floor(i / sources), i % sources];
    const row = head.weight.data.subarray(s * features, (s + 1) * features);
    return row.reduce((sum, w, f) => sum + w * seen![n * features + f]!, head.bias.data[s]!);
  });
  expectAlike(answers[SOURCE]!, expected);

  const train = looksLike(60, 3, 6);
  const reading = fitReading(train, train, classes);
  const recalling = withRecollections(model, [{ output: SOURCE, ...reading }], 0.7, classes);
  const recalled = await answersTo(recalling, image, dims);
  expect(Object.keys(recalled)).toEqual(["logits", "maps", "familiarity"]);
  const probabilities = softmax(expected, reading.temperature, sources);
  expectAlike(
    recalled.logits!,
    answers.logits!.map((x, i) => {
      const [n, c] = [Math.floor(i / classes), i % classes];
      const row = probabilities.subarray(n * sources, (n + 1) * sources);
      const expected = row.reduce((sum, p, s) => sum + p * reading.conditionals[s * classes + c]!, 0);
      return x + 0.7 * Math.log(expected);
    }),
  );
  // It is rounded and looks twice as any classifier does.
  const twice = withRecollections(
    withTwoLooks(quantiseWeights(model)),
    [{ output: SOURCE, ...reading }],
    0.7,
    classes,
  );
  const doubled = await answersTo(twice, new Float32Array(2 * image.length), [pictures, 3, 2 * size, size]);
  expect(doubled.logits).toHaveLength(pictures * classes);
});

test("what source classes mean is learned from the training pictures, rare classes as well as frequent ones", () => {
  const train = looksLike(400, 4, 7);
  // Of the last class only every tenth.
  const kept = [...train.labels.keys()].filter((n) => train.labels[n] !== 2 || n % 10 === 0);
  const few = {
    source: Float32Array.from(
      kept.flatMap((n) => [...train.source.subarray(n * sources, (n + 1) * sources)]),
    ),
    labels: Int32Array.from(kept, (n) => train.labels[n]!),
  };
  const { conditionals } = fitReading(few, looksLike(100, 4, 8), classes);
  for (let s = 0; s < sources; s++) {
    const row = conditionals.subarray(s * classes, (s + 1) * classes);
    expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(row[Math.floor(s / 2)]).toBeGreaterThan(0.6);
  }
});
