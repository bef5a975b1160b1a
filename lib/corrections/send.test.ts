import { afterEach, expect, test, vi } from "vitest";
import type { Correction } from "./correction.ts";
import { sendCorrection } from "./send.ts";

const correction: Correction = {
  ...{
    id: "1",
    task: "moods",
    kind: "text",
    version: "standard-1.0.0",
    name: "",
    made: "2026-01-01",
    sent: null,
  },
  ...{ answered: "low", probability: 0.9, said: "high", content: new Blob(["great"]) },
};

afterEach(() => void vi.unstubAllGlobals());

test("what came in the way of sending is told apart", async () => {
  const answers = [201, 413, 422, 429, 500, 507].map((status) => new Response(null, { status }));
  vi.stubGlobal("fetch", async () => answers.shift());
  const faults: unknown[] = [];
  while (answers.length > 0) faults.push(await sendCorrection(correction));
  expect(faults).toEqual([undefined, "tooLarge", "refused", "wait", "failed", "full"]);
});

test("of a picture that the browser cannot read nothing is sent", async () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new DOMException("", "InvalidStateError")));
  expect(await sendCorrection({ ...correction, kind: "image" })).toBe("unreadable");
  expect(fetch).not.toHaveBeenCalled();
});
