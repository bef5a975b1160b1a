import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { signIn } from "./owner.ts";
import { picture } from "./pictures.ts";
import { writeRelease } from "./releases.ts";
import { melody, soundTask } from "./sound-fixture.ts";
import { textTask } from "./text-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-confused-"));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts an example into a folder of test data; returns where it lies. */
function put(path: string, bytes: Uint8Array | string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

/** Measures a task's release as a person does beside the running app. */
function evaluate(task: string, data: string, ...more: string[]): void {
  const port = process.env.NACRE_E2E_PORT;
  const args = [task, "--data", join(folder, data), "--split", "all", "--threads", "1", ...more];
  execFileSync(process.execPath, ["--import", "tsx", "scripts/evaluate.ts", ...args], {
    env: {
      ...process.env,
      NACRE_MODELS: join(".nacre", `e2e-models-${port}`),
      NACRE_DATA: join(".nacre", `e2e-data-${port}`),
    },
    stdio: "ignore",
  });
}

/** Opens the table of a task's only release by keyboard, and an entry of it. */
async function openCell(page: Page, task: string, name: string): Promise<void> {
  await page.goto(`/models/${task}`);
  await page.locator("summary", { hasText: "What is taken for what" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name, exact: true }).focus();
  await expectNoViolations(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "taken for" })).toBeVisible();
  await expectNoViolations(page);
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

test("a cell of the confusion matrix opens the confused pictures, for the owner alone", async ({
  page,
  browser,
  baseURL,
}) => {
  const task = "confused";
  writeRelease(task, "light-1.0.0");
  put("pictures/red/1.png", (await picture("red")).buffer);
  const wrong = put("pictures/red/sea & <b>leaf.png", (await picture("green")).buffer);
  put("pictures/green/1.png", (await picture("green")).buffer);

  await page.goto(`/models/${task}`);
  await expect(page.locator("summary", { hasText: "What is taken for what" })).toHaveCount(0);
  await signIn(page);
  await page.locator("summary", { hasText: "What is taken for what" }).click();
  await expect(page.getByText(`npm run -s evaluate -- ${task} --model light-1.0.0`)).toBeVisible();
  evaluate(task, "pictures", "--model", "light");

  await openCell(page, task, "1 of red taken for green");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^red, taken for green$/i);
  await expect(page.getByText("1 of 2 pictures")).toBeVisible();
  const shown = page.getByRole("img", { name: "red/sea & <b>leaf.png" });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(page.getByText(/^green, \d+%$/)).toBeVisible();

  const address = (await shown.getAttribute("src"))!;
  const answer = await page.request.get(address);
  expect(answer.headers()).toMatchObject({
    ...{ "content-type": "image/webp", "x-content-type-options": "nosniff", "cache-control": "no-store" },
  });
  const other = address.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  expect((await page.request.get(other)).status()).toBe(404);
  expect((await page.request.get(address.replace(/[^/]*$/, "..%2f..%2fmanifest.json"))).status()).toBe(404);
  const visitor = await (await browser.newContext({ baseURL, locale: "en-GB" })).newPage();
  expect((await visitor.request.get(address)).status()).toBe(401);
  await visitor.goto(page.url());
  await expect(visitor.getByText("Only the owner of this server sees what was confused.")).toBeVisible();
  await expect(visitor.getByText("leaf")).toHaveCount(0);

  writeFileSync(wrong, (await picture("blue")).buffer);
  await page.reload();
  await expect(page.getByText("This file was changed since.")).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(409);
  rmSync(wrong);
  await page.reload();
  await expect(page.getByText("This file is not there any more.")).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(410);
  rmSync(join(folder, "pictures"), { recursive: true });
  await page.reload();
  await expect(page.getByText(`${join(folder, "pictures")} is not there any more.`)).toBeVisible();
});

test("recordings are played, texts are read as they are", async ({ page }) => {
  put("words/yes/1.wav", encodeWav({ samples: melody(["no"]), rate: 16_000 }));
  put("words/no/1.wav", encodeWav({ samples: melody(["no"]), rate: 16_000 }));
  put("moods.csv", 'text,label\nso good,high\n"<b>dreadful</b> film, dull",high\n');
  evaluate(soundTask, "words");
  evaluate(textTask, "moods.csv");

  await page.goto(`/models/${soundTask}`);
  await signIn(page);
  await openCell(page, soundTask, "1 of yes taken for no");
  const player = page.getByLabel("yes/1.wav");
  await player.evaluate((audio: HTMLAudioElement) => audio.load());
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeGreaterThan(0.3);

  await openCell(page, textTask, "1 of high taken for low");
  await expect(page.getByText("<b>dreadful</b> film, dull")).toBeVisible();
});
