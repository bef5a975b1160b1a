import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { TaskPage } from "./task-page.ts";

const released = existsSync(join("models", "instruments", "releases"));
if (!released)
  console.warn("There is no release of instruments under models/: it is not tested in the browser.");

test("the released instruments pass their own check and know the drawn guitar", async ({ page }) => {
  test.skip(!released, "no release");
  const task = new TaskPage(page);
  await task.open("?threads=1", "instruments");
  for (const variant of await page.getByRole("radio").all()) {
    await variant.check();
    await page.getByRole("button", { name: "Try this drawing" }).click();
    await task.expectAnswer("Guitar");
    await expect(page.getByRole("list", { name: "The five likeliest" }).getByRole("listitem")).toHaveCount(5);
  }
});
