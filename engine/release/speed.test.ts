import { expect, test } from "vitest";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { speedLine } from "./cardParts.ts";
import type { Manifest } from "./manifest.ts";
import { smallBatches, smallNetwork } from "./small.fixture.ts";
import { measureSpeed } from "./speed.ts";

test("a graph's time is its median in WebAssembly, with the machine that it was taken on", async () => {
  const [batch] = smallBatches(new Rng(1), 1);
  let runs = 0;
  const speed = await measureSpeed(encodeModel(smallNetwork(new Rng(1))), {}, async (session) => {
    runs++;
    const { logits } = await session.run(batch!);
    expect(logits!.dims).toEqual([4, 5]);
  });
  expect(speed.ms).toBeGreaterThan(0);
  expect(speed.processor).not.toBe("");
  expect(speed.cores).toBeGreaterThanOrEqual(1);
  expect(runs).toBeGreaterThan(2);
  expect(runs).toBeLessThanOrEqual(120);
});

test("the card says it in a sentence, and nothing where it was not measured", () => {
  const speed = { ms: 12.34, processor: "Some processor", cores: 2 };
  expect(speedLine({ speed } as Manifest, "picture")).toBe(
    "\nOne picture takes wasm.onnx 12.3 ms in WebAssembly with one thread (Some processor, 2 cores).\n",
  );
  expect(speedLine({} as Manifest, "picture")).toBe("");
});
