import { expect, test } from "@playwright/test";
import sharp, { type Sharp } from "sharp";
import { TaskPage } from "./task-page.ts";

const plain = (r: number, g: number, b: number, alpha?: number): Sharp =>
  sharp({
    create: {
      width: 60,
      height: 40,
      channels: alpha === undefined ? 3 : 4,
      background: alpha === undefined ? { r, g, b } : { r, g, b, alpha },
    },
  });

/** A picture as cameras and programs really write them, and the colour that it must show. */
const formats: readonly { readonly name: string; readonly picture: Sharp; readonly colour: string }[] = [
  { name: "cmyk.jpg", picture: plain(230, 20, 20).toColourspace("cmyk").jpeg(), colour: "Red" },
  { name: "progressive.jpg", picture: plain(20, 230, 20).jpeg({ progressive: true }), colour: "Green" },
  { name: "16-bit.png", picture: plain(20, 20, 230).toColourspace("rgb16").png(), colour: "Blue" },
  { name: "palette.png", picture: plain(230, 20, 20).png({ palette: true }), colour: "Red" },
  { name: "grey.png", picture: plain(250, 250, 250).toColourspace("b-w").png(), colour: "White" },
  { name: "transparent.png", picture: plain(20, 230, 20, 0).png(), colour: "White" },
  { name: "lossless.webp", picture: plain(20, 230, 20).webp({ lossless: true }), colour: "Green" },
  { name: "picture.avif", picture: plain(20, 20, 230).avif({ effort: 0 }), colour: "Blue" },
  { name: "picture.gif", picture: plain(230, 20, 20).gif(), colour: "Red" },
];

test("pictures are read however they were written", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  for (const { name, picture, colour } of formats) {
    await task.choose({ name, mimeType: "", buffer: await picture.toBuffer() });
    await expect(page.getByText(`${name} · 60 × 40 pixels`)).toBeVisible();
    await task.expectAnswer(colour);
  }
});

test("a picture taken with the camera held upright is upright", async ({ page }) => {
  const task = new TaskPage(page);
  await task.open();
  for (let orientation = 1; orientation <= 8; orientation++) {
    const buffer = await plain(20, 20, 230).withMetadata({ orientation }).jpeg().toBuffer();
    const name = `turned-${orientation}.jpg`;
    await task.choose({ name, mimeType: "image/jpeg", buffer });
    const size = orientation <= 4 ? "60 × 40" : "40 × 60"; // TIFF 6.0, tag 274
    await expect(page.getByText(`${name} · ${size} pixels`)).toBeVisible();
  }
});
