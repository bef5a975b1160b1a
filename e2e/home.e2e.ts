import { expect, test } from "@playwright/test";
import { badFiles, type PictureFile, picture } from "./pictures.ts";
import { drop } from "./task-page.ts";

const file = (name: string, mimeType: string, buffer: Buffer): PictureFile => ({ name, mimeType, buffer });

test("a picture asks which task it is for, and Enter is enough for the first", async ({ page }) => {
  await page.goto("/");
  await drop(page, [await picture("red")]);
  const question = page.getByRole("group", { name: "Which of these is it?" });
  await expect(question.getByRole("button").first()).toBeFocused();
  await expect(page.getByRole("img", { name: "Your picture red.png" })).toBeVisible();
  await question.getByRole("button", { name: "Something else" }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Choose a picture" })).toBeFocused();

  await drop(page, [await picture("red"), await picture("blue")]);
  await expect(question.getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/colours$/);
  await expect(page.getByText("2 photos").first()).toBeVisible();
});

test("what is neither a picture, a recording nor a text is told kindly", async ({ page }) => {
  await page.goto("/");
  await drop(page, [file("tool.exe", "", Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]))]);
  await expect(
    page.getByRole("status").filter({ hasText: "tool.exe is neither a picture, a recording nor a text" }),
  ).toBeVisible();
});

test("what no task could ever read is refused at once, with the reason", async ({ page }) => {
  await page.goto("/");
  const bad = await badFiles();
  for (const { file, title, hint } of bad.filter(({ file }) => /nothing|phone|scan/.test(file.name))) {
    await drop(page, [file]);
    const alert = page.getByRole("alert").filter({ hasText: title });
    await expect(alert).toContainText(hint);
  }
  await drop(page, []);
  await expect(page.getByRole("alert").filter({ hasText: "That was no file" })).toBeVisible();
});

test("a photograph taken on the home page goes the same way", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  await page.goto("/");
  await page.getByRole("button", { name: "Camera" }).click();
  const dialog = page.getByRole("dialog", { name: "Camera" });
  await expect(dialog.getByRole("radio")).toHaveCount(0); // nobody is asked yet, so nobody can answer live
  await dialog.getByRole("button", { name: "Take the picture" }).click();
  await page.getByRole("button", { name: "Colours" }).first().click();
  await expect(page).toHaveURL(/\/colours/);
  await expect(page.getByText(/^Photograph · /)).toBeVisible();
  await expect(page.getByTestId("answer")).toBeVisible();
});
