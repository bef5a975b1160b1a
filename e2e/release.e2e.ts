import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
import { capitalised } from "../app/[task]/likeliest.ts";
import { samplesOf } from "../app/samples.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import { TaskPage } from "./task-page.ts";

/** The versions of a task's releases for pictures under models/; none for a task that has none. */
function versionsOf(task: string): string[] {
  const releases = join("models", task, "releases");
  try {
    return readdirSync(releases).filter((version) => manifestOf(task, version).input.kind === "image");
  } catch {
    return [];
  }
}

const manifestOf = (task: string, version: string): Manifest =>
  JSON.parse(readFileSync(join("models", task, "releases", version, "manifest.json"), "utf8"));

for (const task of readdirSync("models").filter((name) => versionsOf(name).length > 0)) {
  test(`the released ${task} pass their own check and know what was drawn for them`, async ({ page }) => {
    const { classes } = manifestOf(task, versionsOf(task)[0]!);
    const drawn = samplesOf(task).map(({ shows }) => classes.find(({ id }) => id === shows)!.en);
    const view = new TaskPage(page);
    const tryOne = async (name: string) => {
      await page.getByRole("button", { name: `Try this drawing: ${name}` }).click();
      await view.expectAnswer(capitalised(name, "en"));
    };
    await view.open("?threads=1", task);
    for (const variant of await page.getByRole("radio").all()) {
      await variant.check();
      for (const name of drawn) await tryOne(name);
    }
    await page.goto("/");
    for (const name of drawn.slice(0, 1)) await tryOne(name);
  });
}
