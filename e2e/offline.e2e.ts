import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./owner.ts";
import { picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

/** The paths of the pages that the browser keeps, and of what it keeps to go from one to another. */
const keptPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const caught = ["nacre-pages", "nacre-routes"].map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(caught)).flat().map(({ url }) => new URL(url).pathname);
  });

test("a second visit works without a network, from the home page on", async ({ page, context }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  // The service worker has everything once the pages are kept.
  await expect.poll(() => keptPaths(page)).toEqual(expect.arrayContaining(["/", "/privacy", "/colours"]));

  await context.setOffline(true);
  await task.open("");
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.getByText("You are offline. Everything goes on working.")).toBeVisible();

  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("link", { name: /颜色/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("颜色");
  await task.choose(await picture("blue"));
  await task.expectAnswer("蓝色");
});

test("a page is kept for each of its addresses, and stands in for those that were never opened", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await expect.poll(() => keptPaths(page)).toContain("/");
  await page.evaluate(async () => {
    const cache = await caches.open("nacre-pages");
    await cache.put("/?seen", new Response("<h1>Seen</h1>", { headers: { "Content-Type": "text/html" } }));
  });
  await context.setOffline(true);
  await page.goto("/?seen");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Seen");
  await page.goto("/?unseen");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("pages that show their owner more than others are not kept", async ({ page }) => {
  await page.goto("/");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto("/corrections/review");
  await signIn(page);
  for (const address of ["/runs", "/models/colours", "/models"]) await page.goto(address);
  await expect.poll(() => keptPaths(page)).toContain("/models");
  for (const address of ["/account", "/corrections/review", "/runs", "/models/colours"])
    expect(await keptPaths(page)).not.toContain(address);
});
