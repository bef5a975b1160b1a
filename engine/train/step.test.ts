import { afterEach, describe, expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { lenet5 } from "../networks/lenet.ts";
import { linear } from "../nn/layers.ts";
import { adam, sgd } from "../optim/optimiser.ts";
import { constantRate } from "../optim/schedule.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import {
  draw,
  initial,
  readGolden,
  type TrainedGolden,
  tinyMobilenet,
  tinyResnet,
} from "../testing/golden.ts";
import { TrainingSession } from "./session.ts";
import { type StepOptions, type TrainingStep, trainingStep } from "./step.ts";
import type { Weights } from "./weights.ts";

const BATCH = 4;
const STEPS = 5;
const PICTURES = [BATCH, 3, 32, 32];

const sessions: TrainingSession[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

/** The golden start of every tensor that a step trains, follows or holds. */
function goldenWeights({ state, fixed }: TrainingStep): Weights {
  const slots = [...fixed, ...state.flatMap(({ slot }) => slot ?? [])];
  return new Map(slots.map(({ name, shape }) => [name, { dims: shape, data: initial(name, shape) }]));
}

async function start(options: StepOptions): Promise<TrainingSession> {
  const step = trainingStep(options);
  const runtime = nodeRuntime({ threads: 1, spinning: false });
  const session = await TrainingSession.start(step, runtime, goldenWeights(step));
  sessions.push(session);
  return session;
}

/** The golden batches of some steps. */
function batches({ input, classes }: StepOptions, from: number, count: number) {
  const shape = input.shape.map(Number);
  const size = shape.reduce((n, dim) => n * dim, 1);
  const pixels = new Float32Array(count * size);
  const targets = new Float32Array(count * BATCH * classes);
  for (let i = 0; i < count; i++) {
    pixels.set(
      draw(`batch ${from + i}`, size).map((x) => 1.7 * x),
      i * size,
    );
    for (let n = 0; n < BATCH; n++) targets[(i * BATCH + n) * classes + ((n + from + i) % classes)] = 1;
  }
  return { count, batch: float32(pixels, [count, ...shape]), targets, targetDims: [count, BATCH, classes] };
}

const common = { statistics: "live", seed: 0 } as const;

const penalised = {
  ...common,
  layer: tinyResnet,
  input: { shape: PICTURES, dtype: "float32" },
  classes: 4,
  optimiser: sgd({ momentum: 0.9 }),
  schedule: constantRate(0.05),
  penalty: { l2: 0.02 },
  rateOf: (name: string) => (name.startsWith("fc") ? 3 : 1),
} as const;

/** What golden.py trained. */
const GOLDEN: Readonly<Record<string, StepOptions>> = {
  lenet: {
    ...common,
    layer: lenet5(10),
    input: { shape: [BATCH, 1, 28, 28], dtype: "float32" },
    classes: 10,
    optimiser: sgd({ momentum: 0.9 }),
    schedule: constantRate(0.01),
    labelSmoothing: 0.1,
  },
  "resnet, live": penalised,
  "resnet, frozen": { ...penalised, statistics: "frozen" },
  "mobilenet, live": {
    ...penalised,
    layer: tinyMobilenet,
    optimiser: sgd({ momentum: 0.9, nesterov: true }),
    penalty: {},
    rateOf: () => 1,
    clip: 0.5,
  },
  "mobilenet, frozen": {
    ...common,
    layer: tinyMobilenet,
    input: { shape: PICTURES, dtype: "float32" },
    classes: 4,
    statistics: "frozen",
    optimiser: adam(),
    schedule: constantRate(0.01),
    trains: (name) => !name.startsWith("features.0"),
  },
};

describe("five steps lose what PyTorch loses and leave the same tensors", () => {
  const golden = readGolden<TrainedGolden>("networks");
  for (const [name, options] of Object.entries(GOLDEN)) {
    test(name, async () => {
      const session = await start(options);
      const { losses } = await session.run(batches(options, 0, STEPS));
      const expected = golden[name]!;
      for (const [i, loss] of expected.losses.entries()) expect(losses[i]).toBeCloseTo(loss, 4);
      const weights = session.weights();
      expect([...weights.keys()].toSorted()).toEqual(Object.keys(expected.norms).toSorted());
      for (const [tensor, norm] of Object.entries(expected.norms)) {
        const found = Math.hypot(...weights.get(tensor)!.data);
        expect(Math.abs(found / norm - 1), `${tensor}: ${found}, PyTorch ${norm}`).toBeLessThan(1e-4);
      }
    });
  }
});

test("five steps in one run are five runs of a step, bit for bit", async () => {
  const options = GOLDEN["mobilenet, live"]!;
  const [together, apart] = [await start(options), await start(options)];
  const { losses } = await together.run(batches(options, 0, STEPS));
  const each: number[] = [];
  for (let i = 0; i < STEPS; i++) each.push(...(await apart.run(batches(options, i, 1))).losses);
  expect(each).toEqual([...losses]);
  expect(apart.state).toEqual(together.state);
  expect(apart.steps).toBe(STEPS);
});

test("a saved state goes on as if it had never stopped", async () => {
  const options = GOLDEN["mobilenet, frozen"]!;
  const [whole, resumed] = [await start(options), await start(options)];
  await whole.run(batches(options, 0, 2));
  resumed.restore(whole.state);
  const [a, b] = [await whole.run(batches(options, 2, 3)), await resumed.run(batches(options, 2, 3))];
  expect(b.losses).toEqual(a.losses);
});

const small: StepOptions = {
  ...common,
  layer: linear(6, 3),
  input: { shape: [BATCH, 6], dtype: "float32" },
  classes: 3,
  optimiser: sgd(),
  schedule: constantRate(0.1),
};

test("batch norms of parts that are not trained stay as they are", () => {
  const { state, fixed } = trainingStep({ ...penalised, trains: (name) => name.startsWith("fc") });
  expect(state.filter(({ slot }) => slot && !slot.name.startsWith("fc"))).toEqual([]);
  expect(fixed.map(({ name }) => name)).toContain("bn1.running_mean");
});

test("the average of the weights follows them by its decay", async () => {
  const decay = 0.8;
  const session = await start({ ...small, average: decay });
  const before = initial("weight", [3, 6]);
  await session.run(batches(small, 0, 3));
  const after = session.state.get("weight")!.data;
  const average = session.weights().get("weight")!.data;
  const kept = decay ** 3;
  for (const [i, x] of average.entries())
    expect(x).toBeCloseTo(kept * before[i]! + (1 - kept) * after[i]!, 5);
});

test("each step reports the rate that it went by", async () => {
  const session = await start({ ...small, schedule: (step) => step });
  const { rates } = await session.run(batches(small, 0, 3));
  expect([...rates]).toEqual([0, 1, 2]);
  expect([...(await session.run(batches(small, 3, 2))).rates]).toEqual([3, 4]);
});

test("a loss that is not finite is an error that names the step, and the state stays as it was", async () => {
  const session = await start({ ...small, schedule: constantRate(1e38) });
  await session.run(batches(small, 0, 1));
  const before = session.state;
  const failing = session.run(batches(small, 1, 3));
  await expect(failing).rejects.toThrow(NacreError);
  await expect(failing).rejects.toThrow(/^The loss became .* at step [234]\. Train again/);
  expect(session.state).toEqual(before);
});
