import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { newWeights, SHAPES, writeShapes } from "../engine/train/shapes.fixture.ts";
import { writeWeights } from "../engine/train/weightsFile.ts";
import { signIn } from "./owner.ts";

// A person who is no engineer trains a classifier of their own, from a zip to an answer.

test.describe.configure({ mode: "serial", timeout: 1_800_000 });

const folder = mkdtempSync(join(tmpdir(), "nacre-jobs-e2e-"));
const start = join(folder, "start.safetensors");
test.beforeAll(async () => {
  await writeShapes(join(folder, "shapes"), 16);
  await writeWeights(start, newWeights("mobilenetv2"));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

const zipFile = (name: string, content: Parameters<typeof zipSync>[0]) => ({
  ...{ name, mimeType: "application/zip" },
  buffer: Buffer.from(zipSync(content, { level: 0 })),
});

/** The drawn shapes, in a folder of their own, with something large beside them that is nothing to learn from. */
function shapes() {
  const pictures = SHAPES.flatMap((shape) =>
    readdirSync(join(folder, "shapes", shape)).map(
      (name) => [`my shapes/${shape}/${name}`, readFileSync(join(folder, "shapes", shape, name))] as const,
    ),
  );
  const beside = { "my shapes/film.mov": new Uint8Array(12e6), "__MACOSX/my shapes/._x": strToU8("x") };
  return zipFile("shapes.zip", { ...Object.fromEntries(pictures), ...beside });
}

const zipInput = (page: Page) => page.locator("input[type=file]");
const row = (page: Page, name: string, what: string): Locator =>
  page.getByRole("listitem").filter({ hasText: what }).filter({ hasText: name });

async function openForm(page: Page): Promise<void> {
  await page.goto("/runs");
  await page.getByRole("link", { name: "Train something new" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Train something new" })).toBeVisible();
}

/** Fills in the choices that make a training small. */
async function choose(page: Page, task: string, epochs: number): Promise<void> {
  await page.getByLabel("What it is called").fill(task);
  await page.getByText("More choices").click();
  await page.getByLabel("Network").selectOption("mobilenetv2");
  await page.getByLabel("Epochs").fill(String(epochs));
  await page.getByLabel("Start from").fill(start);
}

test("a zip becomes a task with a model that answers", async ({ page }) => {
  expect((await page.request.post("/runs/uploads", { data: "zip" })).status()).toBe(401);
  expect((await page.request.post("/runs/jobs", { data: {} })).status()).toBe(401);
  await openForm(page);
  await expect(page.getByText("Sign in first")).toBeVisible();
  await signIn(page);
  await zipInput(page).setInputFiles(zipFile("sly.zip", { "../../owl/1.jpg": strToU8("owl") }));
  await expect(page.getByText(/"\.\.\/\.\.\/owl\/1\.jpg" in the zip names a place outside/)).toBeVisible();
  await zipInput(page).setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await expect(page.getByText("notes.txt is no zip.")).toBeVisible();
  await zipInput(page).setInputFiles(shapes());
  await expect(page.getByText("48 files unpacked, 2 of other kinds left out.")).toBeVisible();
  await expect(page.getByLabel("Or a folder on the server")).toHaveValue(/\/uploads\/\d{4}-\d\d-\d\d-/);

  await choose(page, "kites", 1);
  await page.getByLabel(/Train the last layer alone/).check();
  await page.getByRole("button", { name: "Look it over" }).click();
  await expect(page.getByText(/^npm run new-task -- kites --data .*\nnpm run train -- kites /)).toBeVisible();
  await expect(page.getByText(/pictures of 3 classes/)).toBeVisible();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
  const training = row(page, "kites-mobilenetv2", "Training of kites");
  await expect(training).toContainText("Done", { timeout: 900_000 });

  await training.getByRole("link", { name: "kites-mobilenetv2" }).click();
  await page.getByRole("button", { name: "Release this model" }).click();
  const release = row(page, "kites-mobilenetv2", "Release of kites");
  await expect(release).toContainText("Released as light-1.0.0", { timeout: 900_000 });
  await release.getByRole("link", { name: "See the models" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Kites" })).toBeVisible();
});

test("a run that was cancelled is gone on with; what training refuses is said before", async ({ page }) => {
  await openForm(page);
  await signIn(page);
  await page.getByLabel("Or a folder on the server").fill(join(folder, "nowhere"));
  await choose(page, "kites", 100);
  await page.getByRole("button", { name: "Look it over" }).click();
  await expect(page.getByText(/nowhere does not exist; check the path/)).toBeVisible();
  await page.getByLabel("Or a folder on the server").fill(join(folder, "shapes"));
  await page.getByRole("button", { name: "Look it over" }).click();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  const name = "kites-mobilenetv2-2";
  const jobs = row(page, name, "Training of kites");
  await expect(jobs.first().getByRole("link", { name })).toBeVisible({ timeout: 300_000 });
  await jobs.getByRole("button", { name: `Cancel ${name}` }).click();
  await expect(jobs.first()).toContainText("Stopped", { timeout: 300_000 });

  await jobs.first().getByRole("link", { name }).click();
  await expect(page.getByRole("status").first()).toHaveText(/^(Stopped|Broken off)$/); // as early as it was
  await page.getByRole("button", { name: "Go on with this run" }).click();
  await expect(jobs.first()).toContainText("Under way");
  await jobs.getByRole("button", { name: `Cancel ${name}` }).click();
  await expect(jobs.first()).not.toContainText("Under way", { timeout: 300_000 });
  await expect(page.getByRole("button", { name: /^Cancel / })).toHaveCount(0, { timeout: 300_000 });
});
