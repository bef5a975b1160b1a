import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { type PictureFile, picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

/** A white picture with a red quarter in its upper right. */
async function redCorner(): Promise<PictureFile> {
  const red = await sharp({ create: { width: 160, height: 120, channels: 3, background: "#f01010" } })
    .png()
    .toBuffer();
  const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: "#ffffff" } })
    .composite([{ input: red, left: 160, top: 0 }])
    .png()
    .toBuffer();
  return { name: "corner.png", mimeType: "image/png", buffer };
}

/** How light the heat map is at a place of the picture, each coordinate in [0, 1]: lighter means more. */
function heatAt(page: Page, x: number, y: number): Promise<number> {
  return page.getByTestId("heat-map").evaluate(
    (canvas: HTMLCanvasElement, at) => {
      const context = canvas.getContext("2d");
      const [r, g, b] = context!.getImageData(at.x * canvas.width, at.y * canvas.height, 1, 1).data;
      return r! + g! + b!;
    },
    { x, y },
  );
}

test("a heat map shows where the evidence lies, for each of the five likeliest, and says it in words", async ({
  page,
}) => {
  const task = new TaskPage(page);
  await task.open();
  await task.choose(await redCorner());
  await task.expectAnswer("White");
  await expect(page.getByTestId("heat-map")).toHaveCount(0);
  await page.getByRole("button", { name: "Why?" }).click();

  // For red, chosen by its bar: the upper right.
  await page.getByRole("radio", { name: /^Red/ }).check();
  await expect(
    page.getByText(/^Red: mostly the upper right( and \w+)?\. Covers \d+% of the picture\.$/),
  ).toBeVisible();
  expect(await heatAt(page, 0.85, 0.15)).toBeGreaterThan((await heatAt(page, 0.15, 0.85)) + 200);

  // With the arrow keys to another class: elsewhere.
  await page.getByRole("radio", { name: /^Red/ }).focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: /^Red/ })).not.toBeChecked();
  await page.getByRole("radio", { name: /^White/ }).check();
  expect(await heatAt(page, 0.15, 0.85)).toBeGreaterThan((await heatAt(page, 0.85, 0.15)) + 200);

  // The colours' strength is the reader's.
  await page.getByRole("slider", { name: "Strength" }).fill("20");
  await expect(page.getByTestId("heat-map")).toHaveCSS("opacity", "0.2");

  // It covers the picture, not the frame.
  const [map, image] = [
    page.getByTestId("heat-map"),
    page.getByRole("img", { name: "Your picture corner.png" }),
  ];
  expect(await map.boundingBox()).toEqual(await image.boundingBox());
  expect(await map.evaluate((canvas: HTMLCanvasElement) => canvas.width / canvas.height)).toBeCloseTo(
    320 / 240,
  );

  // The question stays with the next picture; asked no more, the map goes.
  await task.choose(await picture("blue"));
  await task.expectAnswer("Blue");
  await expect(page.getByText(/^Blue: /)).toBeVisible();
  await page.getByRole("button", { name: "Why?" }).click();
  await expect(page.getByTestId("heat-map")).toHaveCount(0);
  await expect(page.getByRole("list", { name: "The five likeliest" })).toBeVisible();
});

test("how far the per cents can be trusted is drawn and tabled", async ({ page }) => {
  await new TaskPage(page).open();
  await page.getByText("How far to trust the per cents").first().click();
  const table = page.getByRole("table", { name: "How far to trust the per cents" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(table.getByRole("row").nth(2)).toHaveText("62%65%120");
});
