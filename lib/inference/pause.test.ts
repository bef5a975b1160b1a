import { expect, test, vi } from "vitest";
import { Pause } from "./pause.ts";

test("pausing aborts, resuming gives a fresh signal", () => {
  const pause = new Pause();
  const { signal } = pause;
  pause.pause();
  expect(signal.aborted).toBe(true);
  pause.resume();
  expect(pause.signal.aborted).toBe(false);
});

test("a wait ends by itself, by resume, but not by itself while paused", async () => {
  vi.useFakeTimers();
  const pause = new Pause();
  const ended: string[] = [];
  const timed = pause.wait(1000).then(() => ended.push("timed"));
  await vi.advanceTimersByTimeAsync(1000);
  await timed;

  pause.pause();
  const paused = pause.wait(1000).then(() => ended.push("resumed"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toEqual(["timed"]);
  pause.resume();
  await paused;
  expect(ended).toEqual(["timed", "resumed"]);
  vi.useRealTimers();
});
