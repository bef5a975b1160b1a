import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./owner.ts";
import { finishedRun, RunFolder } from "./runs.ts";

const status = (page: Page) => page.getByRole("status").first();

test("a run is watched while it goes on, to its end", async ({ page }) => {
  const run = new RunFolder("watched");
  run.begin();
  await page.goto("/");
  await page.getByRole("link", { name: "Training runs" }).click();
  await page.getByRole("link", { name: "watched" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "watched" })).toBeVisible();
  await expect(status(page)).toHaveText("Running");
  run.step(0, 40);
  await expect(page.getByText(/Epoch 1, 40\.0% done · 21\.5 a second/)).toBeVisible();
  run.epoch(0, { valTop1: 0.625 });
  await expect(page.getByText(/Best on val 62\.5% \(epoch 1\)/)).toBeVisible();
  await page.getByText("The figures of each epoch").click();
  await expect(page.getByRole("row", { name: /^1 2\.0 1\.0 62\.5%/ })).toBeVisible();
  await expect(page.locator("canvas")).toHaveCount(4);
  run.end("finished");
  await expect(status(page)).toHaveText("Finished");
});

test("runs are compared over the same axes, with what differs between them", async ({ page }) => {
  finishedRun("small", 3, { batch: 16 });
  finishedRun("large", 5, { batch: 64 });
  await page.goto("/runs");
  await page.getByRole("checkbox", { name: "Compare small" }).check();
  await page.getByRole("checkbox", { name: "Compare large" }).check();
  await page.getByRole("link", { name: "Compare 2 runs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "2 runs compared" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^batch (16 64|64 16)$/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^seed/ })).toHaveCount(0);
  await expect(page.locator("canvas")).toHaveCount(4);
});

test("the command, the reasons and the stop are the owner's", async ({ page }) => {
  const run = new RunFolder("owned");
  // Something that could be training, and ends as training does when it is asked to.
  const training = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "train"], {
    stdio: "ignore",
  });
  const ended = once(training, "exit");
  run.begin({ pid: training.pid });
  await page.goto("/runs");
  await page.getByRole("link", { name: "owned" }).click();
  await expect(page.getByText("Sign in to see the command")).toBeVisible();
  const stop = page.getByRole("button", { name: "Stop this run" });
  await expect(stop).toHaveCount(0);
  const address = `${new URL(page.url()).pathname}/stop`;
  expect((await page.request.post(address)).status()).toBe(401);
  expect((await page.request.post(address, { headers: { authorization: "Bearer a-guess" } })).status()).toBe(
    401,
  );

  await signIn(page);
  await expect(page.getByText("npm run train -- birds --data 'my birds'")).toBeVisible();
  const foreign = { headers: { origin: "https://elsewhere.example" } };
  expect((await page.request.post(address, foreign)).status()).toBe(403);
  await stop.click();
  expect((await ended)[1]).toBe("SIGINT");
  await expect(status(page)).toHaveText("Broken off"); // it left no word, as training would have
});

test("a run that failed says so, and an address without a run leads nowhere", async ({ page }) => {
  const run = new RunFolder("hapless");
  run.begin();
  run.end("failed", "The disk <b>is</b> full.");
  const sent = await (await page.goto("/runs"))!.text();
  expect(sent).toContain("hapless");
  expect(sent).not.toContain("The disk");
  await expect(page.getByRole("listitem").filter({ hasText: "hapless" })).toContainText("Failed");
  await page.getByRole("link", { name: "hapless" }).click();
  await signIn(page);
  await expect(page.getByText("The disk <b>is</b> full.")).toHaveAttribute("lang", "en");
  await page.route("**/job", (route) => route.abort());
  await page.getByRole("button", { name: "Go on with this run" }).click();
  await expect(page.getByText("The server did not answer. Try again.")).not.toHaveAttribute("lang");
  expect((await page.goto("/runs/0123456789abcdef"))?.status()).toBe(404);
});
