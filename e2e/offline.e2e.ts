import { expect, test } from "@playwright/test";
import { picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

test("a second visit works without a network, from the home page on", async ({ page, context }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  // The service worker has everything once the pages are kept.
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    const kept = await (await caches.open("nacre-pages")).keys();
    return ["/", "/privacy", "/colours"].every((path) =>
      kept.some(({ url }) => new URL(url).pathname === path),
    );
  });

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
