import { expect, test } from "vitest";
import { input } from "../ops/leaf.ts";
import { array } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { build, type Mode } from "./scope.ts";
import { specAugment } from "./specAugment.ts";

const seed = input("seed", [], "int64");
const TRAINING: Mode = { training: true, statistics: "live", seed };
const [N, T, C] = [40, 30, 12];

/** What becomes of ones: for each example, the blanked frames and channels. */
async function blanked(options: Parameters<typeof specAugment>[0], at: number) {
  const { input: x, output } = build(specAugment(options), [N, T, C], TRAINING);
  const feeds = new Map([
    [x, array([N, T, C], () => 1)],
    [seed, array([], () => at)],
  ]);
  const { data } = (await compute([output], feeds, "training"))[0]!;
  const all = (count: number, zero: (i: number) => boolean) => [...Array(count).keys()].filter(zero);
  return all(N, () => true).map((n) => {
    const value = (t: number, c: number) => data[(n * T + t) * C + c]!;
    const frames = all(T, (t) => all(C, (c) => value(t, c) !== 0).length === 0);
    const channels = all(C, (c) => all(T, (t) => value(t, c) !== 0).length === 0);
    const elsewhere = all(T, (t) => !frames.includes(t)).flatMap((t) =>
      all(C, (c) => !channels.includes(c)).map((c) => value(t, c)),
    );
    return { frames, channels, untouched: elsewhere.every((x) => x === 1) };
  });
}

test("blanks one stretch of time and one of channels, no wider than asked for, and nothing else", async () => {
  const examples = await blanked({ timeMasks: 1, timeWidth: 8, melMasks: 1, melWidth: 3 }, 5);
  for (const { frames, channels, untouched } of examples) {
    expect(untouched).toBe(true);
    for (const [places, widest] of [[frames, 8], [channels, 3]] as const) {
      expect(places.length).toBeLessThanOrEqual(widest);
      if (places.length > 0) expect(places.at(-1)! - places[0]! + 1).toBe(places.length);
    } // biome-ignore format: pairs
  }
  // Widths are uniform in 0 … 8, so their mean over 40 examples is 4 ± 4 standard deviations of 2.3 / √40.
  const mean = examples.reduce((sum, { frames }) => sum + frames.length, 0) / N;
  expect(Math.abs(mean - 4)).toBeLessThan(1.5);
  expect(new Set(examples.map(({ frames }) => frames[0])).size).toBeGreaterThan(10);
});

test("the same seed gives the same masks, another seed others", async () => {
  const options = { timeMasks: 2, timeWidth: 8, melMasks: 2, melWidth: 3 };
  const first = await blanked(options, 5);
  expect(await blanked(options, 5)).toEqual(first);
  expect(await blanked(options, 6)).not.toEqual(first);
});

test("does nothing in inference, and refuses masks that do not fit", () => {
  const layer = specAugment({ timeMasks: 1, timeWidth: 40, melMasks: 0, melWidth: 0 });
  const { input: x, output } = build(layer, ["N", T, C], { training: false, statistics: "frozen" });
  expect(output).toBe(x);
  expect(() => build(layer, [N, T, C], TRAINING)).toThrow("masks of 40 × 0 do not fit into 30 × 12 features");
});
