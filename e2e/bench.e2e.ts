import { expect, test } from "@playwright/test";
import { timeOnPage } from "../scripts/bench/infer-page.ts";
import { task as colours } from "./fixture.ts";

test("the page can be timed as `bench -- infer` does it", async ({ baseURL }, info) => {
  const timings = (await timeOnPage(
    baseURL!,
    { task: colours, variant: "standard" },
    info.outputPath("photos"),
  ))!;
  expect(timings.map(({ device, threads }) => [device, threads])).toEqual([
    ["wasm", 1],
    ["wasm", 2],
  ]);
  for (const { first, further } of timings) {
    expect([first.length, further.length]).toEqual([3, 9]);
    expect(Math.min(...first, ...further)).toBeGreaterThan(0);
  }
});
