import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { writeShapes } from "../engine/train/shapes.fixture.ts";
import { start } from "../scripts/program.fixture.ts";
import { type AppServer, serveApp } from "../scripts/serve-app.ts";
import { findRelease } from "../scripts/tasks.ts";
import { makeOwner, signIn } from "./owner.ts";
import { TaskPage } from "./task-page.ts";

// A wrong answer, corrected, sent with consent, reviewed, retrained, right: as people go the whole way.

test.describe.configure({ mode: "serial", timeout: 1_800_000 });

const folder = mkdtempSync(join(tmpdir(), "nacre-loop-"));
const inFolder = (path: string) => join(folder, path);

let app: AppServer;
test.beforeAll(async () => {
  process.env.NACRE_DATA = inFolder("data");
  makeOwner(inFolder("data"));
  await writeShapes(inFolder("pictures"), 6);
  mkdirSync(inFolder("models/instruments/releases"), { recursive: true });
  writeFileSync(inFolder("small.json"), JSON.stringify({ sizes: [{ epochs: 3, size: 64 }] }));
  app = await serveApp(inFolder("models"));
});
test.afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true });
});

/** Trains the last layer of a network on small pictures; returns what was told on the way. */
async function train(...args: string[]): Promise<string> {
  const quick = ["--config", "small.json", "--freeze", "backbone", "--threads", "1"];
  const asked = ["shapes", "--data", "pictures", "--network", "mobilenetv2", ...quick, ...args];
  const { code, err } = await start("train", asked, folder).ended;
  expect(code, err).toBe(0);
  return err;
}

/** What a page calls the likeliest class of a picture, sure or not. */
async function bestOf(page: Page, buffer: Buffer): Promise<string> {
  await page.goto(`${app.url}/shapes?threads=1`);
  await new TaskPage(page).choose({ name: "strange.png", mimeType: "image/png", buffer });
  await expect(page.getByTestId("answer")).toBeVisible();
  const first = page
    .getByRole("list", { name: /the (likeliest|closest) first$/ })
    .getByRole("listitem")
    .first();
  return /^\p{L}+/u.exec((await first.textContent()) ?? "")![0];
}

test("a wrong answer becomes a right one", async ({ page, browser }) => {
  const released = await findRelease("instruments", "light").catch(() => undefined);
  test.skip(released === undefined, "no light release to start from");
  symlinkSync(resolve(released!), join(inFolder("models/instruments/releases"), basename(released!)));
  await train("--out", "first");

  // None of the shapes: whatever the answer is, it is wrong for whoever calls it something else.
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#80c"/><path d="M48 8 88 84H8Z" fill="#fd0"/></svg>';
  const strange = await sharp(Buffer.from(svg)).png().toBuffer();
  const wrong = await bestOf(page, strange);
  const right = ["Circle", "Square", "Stripes"].find((name) => name !== wrong)!;

  await page.getByRole("button", { name: "Wrong? Say what it is" }).click();
  await page.getByRole("radio", { name: right.toLowerCase() }).check();
  await page.getByRole("button", { name: "Keep this correction" }).click();
  await page.getByRole("button", { name: "Yes, send this picture" }).click();
  await expect(page.getByText("Sent. Thank you!")).toBeVisible();

  await page.goto(`${app.url}/corrections/review`);
  await signIn(page);
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(page.getByText(`Accepted as ${right.toLowerCase()}.`)).toBeVisible();

  expect(await train("--out", "second", "--with-corrections")).toContain(", 1 of them corrections");
  // Somebody else, who has not downloaded the first model.
  const other = await browser.newPage({ locale: "en-GB" });
  expect(await bestOf(other, strange)).toBe(right);
  await other.close();
});
