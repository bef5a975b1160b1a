import { beforeEach, expect, test, vi } from "vitest";
import type { Manifest } from "../../engine/release/manifest.ts";
import { type Classifier, WrongAnswers } from "./classifier.ts";
import { findDevices } from "./devices.ts";
import { openModel, type StartRelease } from "./model.ts";
import type { ModelState } from "./protocol.ts";
import { downloadRelease } from "./release-download.ts";

vi.mock("./devices.ts");
vi.mock("./release-download.ts");

const start = vi.fn<StartRelease<Classifier, Manifest>>();

const manifest = {} as Manifest; // the parts that would read it are stood in for
const opinion = { probabilities: new Float32Array(), maps: undefined, known: undefined };
const works = { classify: async () => opinion, dispose: async () => undefined };
const wrong = new WrongAnswers("unsupported", "off by one");

beforeEach(() => {
  vi.resetAllMocks();
  vi.stubGlobal("isSecureContext", true);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.mocked(downloadRelease).mockResolvedValue(
    new Map([
      ["graph", new Uint8Array(3)],
      ["weights", new Uint8Array(4)],
    ]),
  );
  vi.mocked(findDevices).mockResolvedValue([
    { device: "webgpu", threads: 2 },
    { device: "wasm", threads: 2 },
  ]);
});

function open() {
  const states: ModelState[] = [];
  const model = openModel(manifest, {}, (state) => states.push(state), start);
  return { model, states };
}

test("the best device that gives the golden answers computes", async () => {
  start.mockResolvedValue(works);
  const { model, states } = open();
  expect(await model.classifier()).toBe(works);
  expect(states.at(-1)).toEqual({
    phase: "ready",
    device: "webgpu",
    threads: 2,
    bytes: 7,
    fallback: undefined,
  });
});

test.each([
  [wrong, "wrong"],
  [new Error("no adapter"), "failed"],
] as const)(
  "a graphics card that fails with %s makes way, and the reason is told",
  async (error, fallback) => {
    start.mockRejectedValueOnce(error).mockResolvedValue(works);
    const { model, states } = open();
    await model.classifier();
    expect(states.at(-1)).toMatchObject({ phase: "ready", device: "wasm", fallback });
  },
);

test("a graphics card that is lost in use makes way once", async () => {
  start.mockResolvedValue(works);
  const { model, states } = open();
  await model.classifier();
  const onLost = start.mock.calls[0]![3];
  onLost();
  model.abandonGpu(); // the picture that was under way reports it as well
  await model.classifier();
  expect(states.at(-1)).toMatchObject({ phase: "ready", device: "wasm", fallback: "lost" });
  model.abandonGpu(); // the processor is at work now
  await model.classifier();
  expect(start).toHaveBeenCalledTimes(2);
});

test("where no device is right, the model fails with the reason", async () => {
  start.mockRejectedValue(wrong);
  const { model, states } = open();
  await expect(model.classifier()).rejects.toBe(wrong);
  expect(states.at(-1)).toEqual({ phase: "failed", problem: { kind: "wrongAnswers" } });
});

test("a page opened without https says so before it downloads anything", async () => {
  vi.stubGlobal("isSecureContext", false);
  const { model, states } = open();
  await expect(model.classifier()).rejects.toThrow(/https/);
  expect(states).toEqual([{ phase: "failed", problem: { kind: "insecure" } }]);
  expect(vi.mocked(downloadRelease)).not.toHaveBeenCalled();
});
