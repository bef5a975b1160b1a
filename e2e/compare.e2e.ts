import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { task as colours } from "./fixture.ts";
import { picture } from "./pictures.ts";
import { copyRelease, removeRelease } from "./releases.ts";
import { melody, soundTask } from "./sound-fixture.ts";
import { textTask } from "./text-fixture.ts";

// Two releases on one input, side by side.

const side = (page: Page, version: string) => page.getByRole("region", { name: version });
const verdict = (page: Page) => page.getByRole("status").first();

test("two models look at one picture, and what the browser keeps stays as it is", async ({ page }) => {
  await page.goto(`/models/${colours}`);
  await page.getByRole("link", { name: "Compare two on one input" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Two models, one input" })).toBeVisible();
  await page.goto(`/models/${colours}/compare?threads=1`);
  await page.locator("input[type=file]").setInputFiles(await picture("red"));
  await expect(verdict(page)).toHaveText("Both say the same.");
  for (const version of ["standard-1.0.0", "light-1.0.0"]) {
    const bars = side(page, version).getByRole("list", { name: `What ${version} says, the likeliest first` });
    await expect(bars.getByRole("listitem").first()).toContainText(/^Red.*%$/);
    await expect(side(page, version)).toContainText(/for the network/);
  }
  const kept = () => page.evaluate(async () => (await (await caches.open("nacre-models")).keys()).length);
  expect(await kept()).toBe(0);

  await page.getByRole("combobox", { name: "Second model" }).selectOption("standard-1.0.0");
  await expect(verdict(page)).toHaveText("Both say the same.");
  const broken = { name: "half.png", mimeType: "image/png", buffer: Buffer.from("x") };
  await page.locator("input[type=file]").setInputFiles(broken);
  await expect(page.getByRole("alert").filter({ hasText: "half.png" })).toHaveCount(2);

  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test("two models read one text, and two hear one recording", async ({ page }) => {
  const tasks = { [textTask]: "compared-moods", [soundTask]: "compared-tones" };
  for (const [task, as] of Object.entries(tasks))
    for (const version of ["standard-1.0.0", "standard-1.1.0"]) copyRelease(task, as, version);

  await page.goto("/models/compared-moods/compare?threads=1");
  await page.getByLabel("Your text").fill("The staff was lovely");
  await page.getByRole("button", { name: "Ask both" }).click();
  await expect(verdict(page)).toHaveText("Both say the same.");
  await expect(side(page, "standard-1.1.0").getByRole("listitem").first()).toContainText("High");

  await page.goto("/models/compared-tones/compare?threads=1");
  const choose = (name: string, samples: Float32Array) =>
    page.locator("input[type=file]").setInputFiles({
      ...{ name, mimeType: "audio/wav", buffer: Buffer.from(encodeWav({ samples, rate: 16_000 })) },
    });
  await choose("word.wav", melody(["stop"]));
  await expect(side(page, "standard-1.0.0").getByRole("listitem").first()).toContainText("Stop");
  await expect(verdict(page)).toHaveText("Both say the same.");
  await choose("talk.wav", melody(["yes", "left", "go"]));
  await expect(
    side(page, "standard-1.1.0").getByRole("list", { name: "Words that were heard" }),
  ).toContainText("left at");

  for (const as of Object.values(tasks))
    for (const version of ["standard-1.0.0", "standard-1.1.0"]) removeRelease(as, version);
});

test("where there is only one there is nothing to compare", async ({ page }) => {
  expect((await page.goto("/models/colours-wrong/compare"))?.status()).toBe(404);
  await page.goto("/models/colours-wrong");
  await expect(page.getByRole("link", { name: "Compare two on one input" })).toHaveCount(0);
});
