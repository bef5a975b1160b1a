import { expect, test } from "vitest";
import { capitalised, likeliest } from "./likeliest.ts";

const classes = [
  { id: "harp", en: "harp", zh: "竖琴" },
  { id: "steel-drum", en: "steel drum", zh: "钢鼓" },
  { id: "tuba", en: "tuba", zh: "大号" },
];

test("the likeliest class comes first, under its name in the reader's language", () => {
  const probabilities = new Float32Array([0.125, 0.75, 0.125]);
  expect(likeliest({ classes }, probabilities, "en")).toEqual([
    { id: "steel-drum", name: "steel drum", probability: 0.75 },
    { id: "harp", name: "harp", probability: 0.125 },
    { id: "tuba", name: "tuba", probability: 0.125 },
  ]);
  expect(likeliest({ classes }, probabilities, "zh")[0]?.name).toBe("钢鼓");
  expect(capitalised("steel drum", "en")).toBe("Steel drum");
});
