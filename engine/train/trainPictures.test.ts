import { expect, test } from "vitest";
import { STRANGER } from "../data/sample.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { newWeights, SHAPES, tinyConfig } from "./shapes.fixture.ts";
import { trainPictures } from "./trainPictures.ts";

test("strangers are refused for a head alone, before anything is read or written", async () => {
  const training = trainPictures({
    config: { ...tinyConfig, freeze: ["backbone"] },
    train: [{ path: "nowhere.png", label: STRANGER }],
    val: [],
    classes: SHAPES.length,
    fit: "crop",
    workers: 1,
    cacheBytes: 0,
    weights: async () => newWeights("mobilenetv2"),
    fingerprint: "",
    runtime: nodeRuntime(),
    directory: "nowhere",
    checkpointEvery: 0,
  });
  await expect(training).rejects.toMatchObject({ code: "usage", message: /A head alone learns nothing/ });
});
