import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { picture } from "./pictures.ts";
import { removeRelease, writeRelease } from "./releases.ts";
import { TaskPage } from "./task-page.ts";

/** A server in front of the tests' own that can pretend to have a newer build: its service worker differs. */
async function serverWithBuilds(target: string) {
  let build = 1;
  const proxy = createServer((incoming, outgoing) => {
    const { method, url } = incoming;
    const headers = { ...incoming.headers, "accept-encoding": "identity" }; // compressed, nothing can be appended
    const onward = request(new URL(url!, target), { method, headers }, (answer) => {
      const isWorker = url === "/serwist/sw.js";
      const { "content-length": _, ...rest } = answer.headers;
      outgoing.writeHead(answer.statusCode!, isWorker ? rest : answer.headers);
      answer.on("end", () => outgoing.end(isWorker ? `\n// build ${build}` : undefined));
      answer.pipe(outgoing, { end: false });
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    release: () => build++,
    close: () => proxy.close(),
  };
}

test("a new version of the app waits until it is wanted", async ({ browser, baseURL }) => {
  const server = await serverWithBuilds(baseURL!);
  const page = await browser.newPage({ baseURL: server.url, locale: "en-GB" });
  await page.goto("/");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const notice = page.getByText("A new version of Nacre is ready.");
  await expect(notice).toHaveCount(0); // the first version is not news
  // A page of this version, which names its program files.
  await page.evaluate(async () => (await caches.open("nacre-pages")).put("/before", new Response()));
  const isBeforeKept = () => page.evaluate(async () => (await caches.match("/before")) !== undefined);
  expect(await isBeforeKept()).toBe(true);

  server.release();
  // What the page does by itself when somebody comes back to it after an hour.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: "Later" }).click();
  await expect(notice).toHaveCount(0);

  await page.reload();
  await expect(notice).toBeVisible();
  const isWaiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null);
  expect(await isWaiting()).toBe(true);
  await Promise.all([
    page.waitForEvent("load"),
    page.getByRole("button", { name: "Load it" }).press("Enter"),
  ]);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await isWaiting()).toBe(false);
  expect(await isBeforeKept()).toBe(false);
  await expect(notice).toHaveCount(0);
  await page.close();
  server.close();
});

/** The names under which the browser keeps files. */
const kept = (page: Page) =>
  page.evaluate(async () =>
    (await (await caches.open("nacre-models")).keys()).map(({ url }) => url.slice(url.lastIndexOf("/") + 1)),
  );

test("a newer model is offered, the one that is here goes on until it is wanted", async ({ page }) => {
  const name = "updated";
  writeRelease(name, "light-1.0.0");
  const task = new TaskPage(page);
  await task.open("?threads=1", name);
  await task.untilReady();
  const before = await kept(page);

  writeRelease(name, "light-1.1.0");
  const downloads: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".bin")) downloads.push(request.url());
  });
  await page.reload();
  const notice = page.getByText(/A newer model is ready: 94% right, \d\.\d MB to download\./);
  await expect(notice).toBeVisible();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  await expect(page.getByText(/light-1\.0\.0/).first()).toBeVisible();
  expect(downloads).toEqual([]);

  await page.getByRole("button", { name: "Get it" }).click();
  await expect(page.getByText(/light-1\.1\.0/).first()).toBeVisible();
  await task.expectAnswer("Red"); // the same picture, by the new model
  await expect(notice).toHaveCount(0);
  await expect.poll(() => kept(page)).not.toEqual(before);
  expect(await kept(page)).toHaveLength(before.length); // the old one's files are gone
  await page.reload();
  await task.untilReady();
  expect(downloads).toHaveLength(1);
});

test("where the model that is here is damaged and its release gone, the newer one takes its place", async ({
  page,
}) => {
  const name = "replaced";
  writeRelease(name, "light-1.0.0");
  const task = new TaskPage(page);
  await task.open("?threads=1", name);
  await task.untilReady();
  writeRelease(name, "light-2.0.0");
  removeRelease(name, "light-1.0.0");
  await page.evaluate(async () => {
    const cache = await caches.open("nacre-models");
    for (const key of await cache.keys()) {
      const bytes = await (await cache.match(key))!.arrayBuffer();
      if (bytes.byteLength > 100_000) await cache.put(key, new Response(bytes.slice(1)));
    }
  });
  await page.reload();
  await task.untilReady();
  await expect(page.getByText(/light-2\.0\.0/).first()).toBeVisible();
});
