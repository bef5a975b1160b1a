import { expect, test } from "vitest";
import { sourceFigures } from "./sourceFigures.ts";

// negative, neutral, positive
const PROBABILITIES = Float32Array.of(
  0.6,
  0.3,
  0.1,
  0.2,
  0.5,
  0.3,
  0.1,
  0.8,
  0.1,
  0.3,
  0.5,
  0.2,
  0.1,
  0.1,
  0.8,
);
const LABELS = Int32Array.of(0, 2, 1, 2, 2);
const SOURCES = ["web", "web", "web", "shop", "shop"];

test("figures by source; binary ones leave neutral out on both sides", () => {
  const figures = sourceFigures(PROBABILITIES, LABELS, SOURCES, ["negative", "neutral", "positive"]);
  expect(Object.keys(figures)).toEqual(["web", "shop"]);
  expect(figures.web).toMatchObject({ n: 3, binaryAccuracy: 1 });
  expect(figures.web!.accuracy).toBeCloseTo(2 / 3, 6);
  expect(figures.web!.macroF1).toBeCloseTo((1 + 2 / 3 + 0) / 3, 6);
  expect(figures.shop).toMatchObject({ n: 2, accuracy: 0.5, binaryAccuracy: 0.5 });
  expect(figures.shop!.macroF1).toBeCloseTo(2 / 3, 6); // of the one class that it has
});

test("other classes have no binary figures", () => {
  expect(sourceFigures(PROBABILITIES, LABELS, SOURCES, ["1", "2", "3"]).web).not.toHaveProperty(
    "binaryAccuracy",
  );
});
