import { expect, test } from "vitest";
import { logMel, normaliseChannels } from "../nn/logMel.ts";
import { build } from "../nn/scope.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { array } from "../testing/array.ts";
import { evaluate } from "../testing/reference.ts";
import { measureChannels } from "./measureChannels.ts";

const LENGTH = 160;
const options = { rate: 1_600, window: 40, hop: 16, mels: 5, low: 20, high: 760 };
const runtime = nodeRuntime({ threads: 1, spinning: false });

async function* batches(...list: readonly Float32Array[]) {
  for (const samples of list) yield { samples };
}

test("features normalised by their own statistics have mean 0 and deviation 1 in each channel", async () => {
  const rng = new Rng(2);
  const sound = Float32Array.from(
    { length: 6 * LENGTH },
    (_, i) => 0.3 * Math.sin(i / 3) + 0.1 * rng.normal(),
  );
  const cut = 4 * LENGTH;
  const measured = batches(sound.subarray(0, cut), sound.subarray(cut));
  const statistics = await measureChannels(measured, LENGTH, runtime, options);
  const layer = normaliseChannels(5, statistics);
  const mode = { training: false, statistics: "frozen" } as const;
  const built = build((x, scope) => layer(logMel(options)(x, scope), scope), [6, LENGTH], mode);
  const feeds = new Map([[built.input, array([6, LENGTH], (i) => sound[i]!)]]);
  for (const { value, shape, initial } of built.slots.values())
    feeds.set(value, { shape, data: new Float64Array(initial(shape, rng)) });
  const { data } = evaluate([built.output], feeds)[0]!;
  for (let m = 0; m < 5; m++) {
    const channel = data.filter((_, i) => i % 5 === m);
    const mean = channel.reduce((a, b) => a + b) / channel.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(channel.reduce((sum, x) => sum + (x - mean) ** 2, 0) / channel.length).toBeCloseTo(1, 3);
  }
});

test("a channel that never changes is not divided by nothing", async () => {
  const { std } = await measureChannels(batches(new Float32Array(LENGTH)), LENGTH, runtime, options);
  expect([...std]).toEqual([1, 1, 1, 1, 1]);
});
