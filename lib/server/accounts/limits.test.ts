import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import { hasSucceeded, waitToTry } from "./limits.ts";

const databases = new NewDatabases();
afterAll(() => databases.close());
const start = Date.parse("2026-01-01T00:00:00Z");
const MINUTE = 60_000;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(kinds)("%s", (kind) => {
  test("after ten attempts from an address there is a pause, for it alone, which ends", async () => {
    const client = await databases.open(kind);
    for (let i = 0; i < 10; i++) expect(await waitToTry(client, "192.0.2.1")).toBe(0);
    expect(await waitToTry(client, "192.0.2.1")).toBe(15 * 60);
    expect(await waitToTry(client, "192.0.2.2")).toBe(0);
    vi.setSystemTime(start + 15 * MINUTE + 1);
    expect(await waitToTry(client, "192.0.2.1")).toBe(0);
  });

  test("many at once are all counted, and no number of addresses gets around the limit of all", async () => {
    const client = await databases.open(kind);
    expect(await waitToTry(client, "192.0.2.1")).toBe(0);
    await client.attempt.update({ where: { key: "all:" }, data: { points: { increment: 95 } } });
    const waits = await Promise.all(Array.from({ length: 8 }, (_, i) => waitToTry(client, `192.0.2.${i}`)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
    vi.setSystemTime(start + 60 * MINUTE + 1);
    expect(await waitToTry(client, null)).toBe(0);
  });

  test("who succeeds may go on", async () => {
    const client = await databases.open(kind);
    for (let i = 0; i < 12; i++) {
      expect(await waitToTry(client, "192.0.2.1")).toBe(0);
      await hasSucceeded(client, "192.0.2.1");
    }
  });

  test("a clock that was wrong keeps nobody waiting for longer", async () => {
    const client = await databases.open(kind);
    vi.setSystemTime(start + 365 * 24 * 60 * MINUTE);
    for (let i = 0; i < 11; i++) await waitToTry(client, "192.0.2.1");
    expect(await waitToTry(client, "192.0.2.1")).toBeGreaterThan(0);
    vi.setSystemTime(start);
    expect(await waitToTry(client, "192.0.2.1")).toBe(0);
  });
});
