import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { decodeWav } from "../engine/data/audio/wav.ts";
import { hearing } from "./fake-microphone.ts";
import { melody, soundTask } from "./sound-fixture.ts";
import { SoundPage } from "./sound-page.ts";

test.use({ launchOptions: hearing("left", melody(["left"], { pause: 0.3 })), permissions: ["microphone"] });

test("one word is spoken and answered, by hand and by keyboard", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  await view.untilReady();
  await page.getByRole("button", { name: "Press and speak" }).click();
  await view.expectAnswer("Left");
  await expect(page.getByText(/^Recording · .* · 16 kHz$/)).toBeVisible();
  await expect(page.getByRole("img", { name: /curve of the sound/ })).toBeVisible();
  await page.getByRole("button", { name: "Press and speak" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Speak now" })).toBeVisible();
  await view.expectAnswer("Left");
});

test("samples of one's own words are recorded and saved as training reads them", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  await view.choose(/^Your words$/);
  await page.getByRole("textbox", { name: "New word" }).fill("开灯");
  await page.keyboard.press("Enter");
  const record = page.getByRole("button", { name: "Record “开灯”" });
  for (const count of ["1 recording", "2 recordings"]) {
    await record.click();
    await expect(page.getByRole("radio", { name: new RegExp(`开灯.*${count}`) })).toBeAttached();
  }
  await page.getByRole("button", { name: "Delete recording 1 of “开灯”" }).click();
  await expect(page.getByText(`npm run train -- ${soundTask} --data ${soundTask}-words`)).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as zip" }).click();
  const files = unzipSync(readFileSync(await (await saved).path()));
  const [name] = Object.keys(files);
  expect(Object.keys(files)).toHaveLength(1);
  expect(name).toMatch(/^开灯\/\d{8}T\d{6}-2\.wav$/);
  const { samples, rate } = decodeWav(files[name!]!, name!);
  expect([samples.length, rate]).toEqual([16_000, 16_000]);
  expect(samples.some((x) => Math.abs(x) > 0.05)).toBe(true);
});

test("after the first visit it listens without a network", async ({ page, context }) => {
  const view = new SoundPage(page);
  await view.open();
  await view.untilReady();
  // The service worker has everything once the pages are kept.
  await page.waitForFunction(async (path) => {
    await navigator.serviceWorker.ready;
    const kept = await (await caches.open("nacre-pages")).keys();
    return kept.some(({ url }) => new URL(url).pathname === path);
  }, `/${soundTask}`);
  await context.setOffline(true);
  await view.open();
  await view.untilReady();
  await page.getByRole("button", { name: "Press and speak" }).click();
  await view.expectAnswer("Left");
});
