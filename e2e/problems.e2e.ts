import { expect, test } from "@playwright/test";
import { badFiles, picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

test("a file that cannot be used is named, with the cause and the next step", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  for (const { file, title, hint } of await badFiles()) {
    await task.choose(file);
    const alert = page.getByRole("alert").filter({ hasText: title });
    await expect(alert).toBeVisible();
    await expect(alert).toContainText(hint);
  }
  await task.choose(await picture("green", "avif"));
  await task.expectAnswer("Green");
});

test("a bad file is recognised before the model is here", async ({ page }) => {
  await page.route("**/weights.bin", () => undefined); // never answered
  const task = new TaskPage(page);
  await task.open();
  const [first] = await badFiles();
  await task.choose(first!.file);
  await expect(page.getByRole("alert").filter({ hasText: first!.title })).toBeVisible();
});
