import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

test("work is done in order, never two pieces at once, and a failure stops nothing", async () => {
  const inTurn = oneAtATime();
  const log: string[] = [];
  const piece = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await setTimeout(ms);
    log.push(`${name} ends`);
    if (name === "bad") throw new Error("bad");
    return name;
  };
  const results = await Promise.allSettled([
    inTurn(piece("slow", 20)),
    inTurn(piece("bad", 5)),
    inTurn(piece("quick", 0)),
  ]);
  expect(log).toEqual(["slow begins", "slow ends", "bad begins", "bad ends", "quick begins", "quick ends"]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
