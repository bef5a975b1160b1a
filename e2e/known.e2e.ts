import { expect, test } from "@playwright/test";
import { BatchPage } from "./batch-page.ts";
import { picture } from "./pictures.ts";

test("what it doesn't know is said to be unknown, with the closest guesses below", async ({ page }) => {
  const batch = new BatchPage(page);
  await batch.open();
  await batch.choose(await picture("stone"));
  await expect(page.getByTestId("answer")).toHaveText("Not something it knows");
  const guesses = page.getByRole("list", { name: "The five closest guesses" }).getByRole("listitem");
  await expect(guesses).toHaveCount(5);
  await expect(page.getByRole("status").filter({ hasText: /^Not something it knows$/ })).toBeAttached();
  await batch.choose(await picture("red"));
  await batch.expectAnswer("Red");
});

test("among many photos, too, in the grid, the filter and what is saved", async ({ page }) => {
  const batch = new BatchPage(page);
  await batch.open();
  await batch.choose([await picture("red"), await picture("stone"), await picture("blue")]);
  await batch.untilFinished(2);
  await expect(page.getByText("1 shows nothing it knows", { exact: true })).toBeVisible();
  await expect(batch.tile("stone.png")).toHaveAccessibleName("stone.png: Nothing it knows");
  await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Nothing it knows (1)" });
  expect(await batch.names()).toEqual(["stone.png"]);
  expect(JSON.parse(await batch.save("JSON"))).toMatchObject({ file: "stone.png", known: false });
  await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "All (3)" });
  const table = (await batch.save("CSV")).split("\n");
  expect(table[1]).toMatch(/^red\.png,1,red,0\.\d{6},true$/);
  expect(table[6]).toMatch(/^stone\.png,1,\w+,0\.\d{6},false$/);
});
