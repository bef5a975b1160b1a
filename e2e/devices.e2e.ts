import { expect, test } from "@playwright/test";
import { tasksWithWrongGolden } from "./fixture.ts";
import { picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

test("a device whose answers are all wrong is not used", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open("?threads=1", tasksWithWrongGolden.all);
  await expect(page.getByRole("alert").filter({ hasText: "This browser computes wrongly" })).toBeVisible();
});

test("without isolation or on request, one thread is enough; two work as well", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open("?threads=2");
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  await expect(page.getByText("Processor, 2 threads")).toBeVisible();
});

test("an imitated graphics card is left alone", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  expect(
    await page.evaluate(async () => (await navigator.gpu.requestAdapter())?.info.isFallbackAdapter),
  ).toBe(true);
  await expect(page.getByText("Processor, 1 thread")).toBeVisible();
});

test("a graphics card gives the golden answers and names the picture", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open("?threads=1&device=webgpu-software");
  await task.choose(await picture("green"));
  await task.expectAnswer("Green");
  await expect(page.getByText("Graphics card (WebGPU)")).toBeVisible();
});

test("a graphics card that computes wrongly is replaced, and the page says so", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open("?threads=1&device=webgpu-software", tasksWithWrongGolden.gpu);
  await task.choose(await picture("blue"));
  await task.expectAnswer("Blue");
  await expect(page.getByText("Processor, 1 thread")).toBeVisible();
  await expect(page.getByText(/graphics card gave other answers/)).toBeVisible();
});
