import { expect, test } from "vitest";
import { STRANGER } from "../data/sample.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { newWeights, SHAPES, tinyConfig } from "./shapes.fixture.ts";
import { trainPictures } from "./trainPictures.ts";

test.each([
  [{}, STRANGER, /A head alone learns nothing of strangers/],
  [{ freeze: ["backbone", "laier1"] }, 0, /Leave "laier1" out/],
  [{ patience: 3 }, 0, /Leave "patience" out/],
])(
  "a head alone refuses what it does nothing with, before anything is read or written: %j",
  async (wanted, label, message) => {
    const training = trainPictures({
      config: { ...tinyConfig, freeze: ["backbone"], ...wanted },
      train: [{ path: "nowhere.png", label }],
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
    await expect(training).rejects.toMatchObject({ code: "usage", message });
  },
);
