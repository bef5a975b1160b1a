import { expect, test } from "@playwright/test";
import { picture } from "./pictures.ts";
import { drop, TaskPage } from "./task-page.ts";

test("a chosen picture is named, with the five likeliest and what it took", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  const likeliest = page.getByRole("list", { name: "The five likeliest" }).getByRole("listitem");
  await expect(likeliest).toHaveCount(5);
  await expect(likeliest.first()).toHaveText(/^Red\d+%$/);
  await expect(page.getByText(/^[\d.]+ (ms|sec) \([\d.]+ (ms|sec) network\)$/)).toBeVisible();
  await expect(page.getByText("Processor, 1 thread")).toBeVisible();
  await expect(page.getByText("red.png · 320 × 240 pixels")).toBeVisible();

  await task.choose(await picture("blue", "webp"));
  await task.expectAnswer("Blue");
});

test("a picture handed in while the model is on its way is answered when it is there", async ({ page }) => {
  await page.route("**/weights.bin", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await picture("green"));
  await expect(page.getByText("Your picture comes next.")).toBeVisible();
  await task.expectAnswer("Green");
});

test("a dropped picture is named", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  await drop(page, [await picture("green", "jpeg")]);
  await task.expectAnswer("Green");
});

test("a picture pasted with the keyboard is named", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  const { buffer } = await picture("blue");
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const blob = new Blob([bytes], { type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  }, buffer.toString("base64"));
  await page.keyboard.press("Control+V");
  await task.expectAnswer("Blue");
});

test("a picture dropped on the home page asks what it is for and goes there", async ({ page }) => {
  await page.goto("/");
  await drop(page, [await picture("red")]);
  await page.getByRole("button", { name: "Colours" }).first().click();
  await expect(page).toHaveURL(/\/colours$/);
  await new TaskPage(page).expectAnswer("Red");
});

test("another model is loaded on request, answers the same picture, and is remembered", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  await expect(page.getByText("For non-commercial use only")).toBeVisible();
  await page.getByRole("radio", { name: /Light/ }).check();
  await expect(page.getByText(/light-1\.0\.0/).first()).toBeVisible();
  await task.expectAnswer("Red");
  await page.reload();
  await expect(page.getByRole("radio", { name: /Light/ })).toBeChecked();
});

test("text and pictures of other pages are refused with a reason", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  await drop(page, []);
  await expect(page.getByRole("alert").filter({ hasText: "That was no file" })).toBeVisible();
});

test("language and appearance change at once, keep the answer, and are remembered", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  await page.getByRole("button", { name: "中文" }).click();
  await task.expectAnswer("红色");
  await expect(page).toHaveTitle("颜色 · Nacre");
  await page.getByRole("button", { name: "外观：跟随系统" }).click();
  await page.getByRole("button", { name: "外观：浅色" }).click();
  const response = await page.reload();
  const html = (await response?.text()) ?? "";
  expect(html).toMatch(/<html[^>]* lang="zh-Hans"[^>]* data-theme="dark"/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("颜色");
});

test("an unknown address says so in words", async ({ page }) => {
  const response = await page.goto("/no-such-task");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
});
