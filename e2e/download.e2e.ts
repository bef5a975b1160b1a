import { expect, type Page, test } from "@playwright/test";
import { picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

// Requests must reach the tests' hands, not a service worker's.
test.use({ serviceWorkers: "block" });

/** Records the Range of each request for the weights. */
function recordRanges(page: Page): string[] {
  const ranges: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/weights.bin")) ranges.push(request.headers().range ?? "whole");
  });
  return ranges;
}

/** Lets the next answer for the weights end after `bytes`. */
async function breakAfter(page: Page, bytes: number): Promise<void> {
  await page.route(
    "**/weights.bin",
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.body()).subarray(0, bytes) });
    },
    { times: 1 },
  );
}

test("an interrupted download goes on by itself from where it stopped", async ({ page }) => {
  const ranges = recordRanges(page);
  await breakAfter(page, 2_500_000);
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  expect(ranges).toEqual(["whole", "bytes=2500000-"]);
});

test("after a reload the download goes on from what was kept", async ({ page }) => {
  const ranges = recordRanges(page);
  await breakAfter(page, 2_500_000);
  const task = new TaskPage(page);
  await task.open();
  await expect(page.getByRole("heading", { name: "The connection is gone" })).toBeVisible();
  await expect(page.getByText("2.5 of 6.0 MB")).toBeVisible();
  await page.reload();
  await task.untilReady();
  expect(ranges.at(-1)).toBe("bytes=2500000-");
});

test("a pause holds the download, and it goes on from there", async ({ page }) => {
  const ranges = recordRanges(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    "**/weights.bin",
    async (route) => {
      await held;
      await route.abort().catch(() => undefined);
    },
    { times: 1 },
  );
  const task = new TaskPage(page);
  const asked = page.waitForRequest("**/weights.bin");
  await task.open();
  await asked;
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  release();
  await page.waitForTimeout(1500); // longer than the wait before a retry
  expect(ranges).toHaveLength(1);
  await page.getByRole("button", { name: "Go on" }).click();
  await task.untilReady();
  expect(ranges).toHaveLength(2);
});

test("bytes with the wrong checksum are refused and not kept", async ({ page }) => {
  await page.route("**/weights.bin", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[1_000_000] = body[1_000_000]! ^ 1;
    await route.fulfill({ response, body });
  });
  const task = new TaskPage(page);
  await task.open();
  await expect(page.getByRole("alert").filter({ hasText: "did not arrive as it should" })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const keys = await (await caches.open("nacre-models")).keys();
    const entries = await Promise.all(
      keys.map(async (key) => (await (await caches.open("nacre-models")).match(key))?.blob()),
    );
    return entries.filter((entry) => (entry?.size ?? 0) > 10_000).length;
  });
  expect(kept).toBe(0);
});

test("a damaged cache heals itself", async ({ page }) => {
  const ranges = recordRanges(page);
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  expect(ranges).toHaveLength(1);

  await page.reload();
  await task.untilReady();
  expect(ranges).toHaveLength(1); // the second visit downloads nothing

  await page.evaluate(async () => {
    const cache = await caches.open("nacre-models");
    for (const key of await cache.keys()) {
      const bytes = new Uint8Array(await (await cache.match(key))!.arrayBuffer());
      bytes[50]! ^= 255;
      await cache.put(key, new Response(bytes));
    }
  });
  await page.reload();
  await task.untilReady();
  expect(ranges).toHaveLength(2);
  await page.reload();
  await task.untilReady();
  expect(ranges).toHaveLength(2);
});

test("a browser that refuses to store anything still answers", async ({ page }) => {
  const client = await page.context().newCDPSession(page);
  await page.goto("/privacy");
  const origin = new URL(page.url()).origin;
  await client.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await picture("green"));
  await task.expectAnswer("Green");
});

test("ranges, conditions and odd paths are answered as HTTP says", async ({ request }) => {
  const url = "/models/colours/standard-1.0.0/weights.bin";
  const whole = await request.get(url);
  const bytes = await whole.body();
  const etag = whole.headers().etag!;
  expect(whole.headers()["cache-control"]).toContain("immutable");

  const part = await request.get(url, { headers: { Range: "bytes=10-19" } });
  expect(part.status()).toBe(206);
  expect(part.headers()["content-range"]).toBe(`bytes 10-19/${bytes.length}`);
  expect(await part.body()).toEqual(bytes.subarray(10, 20));

  const beyond = await request.get(url, { headers: { Range: `bytes=${bytes.length}-` } });
  expect(beyond.status()).toBe(416);
  expect((await request.get(url, { headers: { "If-None-Match": etag } })).status()).toBe(304);
  const stale = await request.get(url, { headers: { Range: "bytes=10-19", "If-Range": '"another"' } });
  expect(stale.status()).toBe(200);

  for (const odd of [
    "..%2f..%2f..%2f..%2fpackage.json",
    "%2e%2e%2fmanifest.json",
    "weights.bin%00",
    "x.txt",
  ]) {
    expect((await request.get(`/models/colours/standard-1.0.0/${odd}`)).status(), odd).toBeGreaterThanOrEqual(
      400,
    );
  }
  expect((await request.get("/models/..%2f..%2f/standard-1.0.0/weights.bin")).status()).toBe(404);
});
