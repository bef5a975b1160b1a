import { expect, test } from "vitest";
import { blend } from "./blend.ts";
import type { Weights } from "./weights.ts";

const weights = (backbone: number[], head: number[]): Weights =>
  new Map([
    ["layer1.weight", { dims: [backbone.length], data: Float32Array.from(backbone) }],
    ["fc.weight", { dims: [head.length], data: Float32Array.from(head) }],
  ]);
const own = weights([1, -2], [3, 4]);
const other = weights([5, 2], [7]);

test("a share of the way is gone by every number, but for the parts that stay", () => {
  expect(blend(own, other, 0.25, ["fc"])).toEqual(weights([2, -1], [3, 4]));
});

test("the ends of the way are the two networks themselves, and neither is changed", () => {
  expect(blend(own, other, 0, ["fc"])).toEqual(own);
  expect(blend(own, other, 1, ["fc"])).toEqual(weights([5, 2], [3, 4]));
  expect([own, other]).toEqual([weights([1, -2], [3, 4]), weights([5, 2], [7])]);
});
