import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { BatchPage, decodedIn, watchDecoding, workerOf } from "./batch-page.ts";
import { badFiles, type PictureFile, picture } from "./pictures.ts";
import { drop } from "./task-page.ts";

// Dozens of photos on a busy machine.
test.describe.configure({ timeout: 600_000 });

const paints = ["red", "green", "blue", "white"] as const;

/** Good pictures, `count` of them, the colours in turn: red-00.png, green-01.png, … */
async function pictures(count: number): Promise<PictureFile[]> {
  const files = await Promise.all(paints.map((paint) => picture(paint)));
  return Array.from({ length: count }, (_, i) => {
    const paint = i % paints.length;
    return { ...files[paint]!, name: `${paints[paint]}-${String(i).padStart(2, "0")}.png` };
  });
}

test("sixty photos are named, the broken ones among them with their causes", async ({ page }) => {
  const batch = new BatchPage(page);
  await batch.open();
  const [bad, good] = [await badFiles(), await pictures(54)];
  // The broken ones stand in the middle.
  await batch.choose([...good.slice(0, 20), ...bad.map(({ file }) => file), ...good.slice(20)]);
  await expect(batch.tiles()).toHaveCount(60);
  await batch.untilFinished(54);
  await expect(page.getByText("6 could not be read", { exact: true })).toBeVisible();
  for (const { file, title } of bad) {
    await expect(page.getByRole("button", { name: `${file.name}: ${title}` })).toBeVisible();
  }
  await expect(batch.tile("blue-02.png")).toHaveAccessibleName(/^blue-02\.png: Blue, \d+%$/);

  // Filter and sort.
  const show = page.getByRole("combobox", { name: "Show" });
  await show.selectOption({ label: "Blue (13)" });
  await expect(batch.tiles()).toHaveCount(13);
  await show.selectOption({ label: "Not readable (6)" });
  expect((await batch.names()).sort()).toEqual(bad.map(({ file }) => file.name).sort());
  await show.selectOption({ label: "All (60)" });
  await page.getByRole("combobox", { name: "Order" }).selectOption("File name");
  const names = await batch.names();
  expect(names).toEqual([...names].sort());
  await page.getByRole("combobox", { name: "Order" }).selectOption("What they show");
  expect((await batch.names()).map((name) => name.split("-")[0]).slice(0, 54)).toEqual([
    ...Array(13).fill("blue"),
    ...Array(14).fill("green"),
    ...Array(14).fill("red"),
    ...Array(13).fill("white"),
  ]);
  await page.getByRole("slider").fill("95");
  await expect(page.getByText("At least 95% certain")).toBeVisible();
  expect(await batch.tiles().count()).toBeLessThan(60);
});

test("the list is saved as predict prints it: as shown, with failures named", async ({ page }) => {
  const batch = new BatchPage(page);
  await batch.open();
  const [text] = await badFiles();
  await batch.choose([
    await picture("red"),
    text!.file,
    { ...(await picture("blue")), name: "the sea, at noon.png" },
  ]);
  await batch.untilFinished(2);

  const table = (await batch.save("CSV")).split("\n");
  expect(table[0]).toBe("\uFEFFfile,rank,class,probability,known");
  expect(table).toHaveLength(1 + 2 * 5 + 1); // and an end of line
  expect(table[1]).toMatch(/^red\.png,1,red,0\.\d{6},true$/);
  expect(table[6]).toMatch(/^"the sea, at noon\.png",1,blue,0\.\d{6},true$/);

  const lines = (await batch.save("JSON"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ file }) => file)).toEqual(["red.png", "notes.jpg", "the sea, at noon.png"]);
  expect(lines[0].predictions).toHaveLength(5);
  expect(lines[0].predictions[0]).toMatchObject({ class: "red", en: "red", zh: "红色" });
  expect(lines[1].error).toBe(
    "notes.jpg is not a picture that can be read; use JPEG, PNG, WebP, AVIF or GIF.",
  );

  await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Blue (1)" });
  expect((await batch.save("JSON")).trimEnd().split("\n")).toHaveLength(1);
});

test("one photo of the grid opens with its whole answer, and leads to its neighbours and back", async ({
  page,
}) => {
  const batch = new BatchPage(page);
  await batch.open();
  await batch.choose(await pictures(8));
  await batch.untilFinished(8);
  await batch.tile("green-01.png").click();
  await batch.expectAnswer("Green");
  await expect(page.getByText("green-01.png · 320 × 240 pixels")).toBeVisible();
  await expect(page.getByText("2 of 8")).toBeVisible();
  await page.getByRole("button", { name: "Next photo" }).click();
  await batch.expectAnswer("Blue");
  await page.getByRole("button", { name: "All photos" }).click();
  await expect(batch.tile("blue-02.png")).toBeFocused();

  // By keyboard, and back by the browser.
  await page.keyboard.press("ArrowRight");
  await expect(batch.tile("white-03.png")).toBeFocused();
  await page.keyboard.press("Enter");
  await batch.expectAnswer("White");
  await expect(page.getByRole("button", { name: "All photos" })).toBeFocused();
  await page.goBack();
  await expect(batch.tile("white-03.png")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await batch.expectAnswer("Red");
  // What is open over the photo closes first.
  await page.getByRole("button", { name: "Wrong? Say what it is" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await batch.expectAnswer("Red");
  await page.keyboard.press("Escape");
  await expect(batch.tiles()).toHaveCount(8);
});

test("work is stopped and taken up again", async ({ page }) => {
  const batch = new BatchPage(page);
  await batch.open();
  await batch.untilReady();
  await watchDecoding(workerOf(page), 100);
  await drop(page, await pictures(30));
  await expect(page.getByRole("heading", { name: /^[3-9] of 30$/ })).toBeVisible();
  await expect(page.getByText(/^[\d.]+ a second · about \d+ sec left$/)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("heading", { name: /^Stopped at \d+ of 30$/ })).toBeVisible();
  const { all } = await decodedIn(workerOf(page));
  await page.waitForTimeout(600);
  expect((await decodedIn(workerOf(page))).all).toBe(all); // really stopped
  await page.getByRole("button", { name: "Go on" }).click();
  await batch.untilFinished(30);

  // More can be added, and another model answers all of them again.
  await batch.choose([await picture("grey")]);
  await expect(batch.tiles()).toHaveCount(31);
  await batch.untilFinished(31);
  await page.getByRole("radio", { name: /Light/ }).check();
  await expect(page.getByRole("heading", { name: "31 photos named" })).toBeHidden();
  await batch.untilFinished(31);
  await page.getByRole("button", { name: "Start over" }).click();
  await batch.untilReady();
});

test("a file that is out of reach is named, and read once it is back", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "nacre-photos-"));
  const paths = (await pictures(6)).map(({ name, buffer }) => {
    writeFileSync(join(folder, name), buffer);
    return join(folder, name);
  });
  const batch = new BatchPage(page);
  await batch.open();
  await batch.untilReady();
  await watchDecoding(workerOf(page), 300);
  await batch.choose(paths);
  const last = paths.at(-1)!;
  renameSync(last, `${last}.away`);
  await batch.untilFinished(5);
  await expect(
    page.getByRole("button", { name: "green-05.png: green-05.png is out of reach" }),
  ).toBeVisible();
  renameSync(`${last}.away`, last);
  await page.getByRole("button", { name: "Try 1 again" }).click();
  await batch.untilFinished(6);
  rmSync(folder, { recursive: true });
});

test("a dropped folder stands for the pictures below it", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "nacre-photos-"));
  mkdirSync(join(folder, "holiday", "second day"), { recursive: true });
  const [red, green, blue] = await pictures(3);
  writeFileSync(join(folder, "holiday", "2.png"), red!.buffer);
  writeFileSync(join(folder, "holiday", "10.png"), green!.buffer);
  writeFileSync(join(folder, "holiday", "second day", "a.png"), blue!.buffer);
  writeFileSync(join(folder, "holiday", "notes.txt"), "not for us");
  writeFileSync(join(folder, "holiday", ".hidden.png"), "not for us either");
  const batch = new BatchPage(page);
  await batch.open();
  await batch.untilReady();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, "holiday")], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
  }
  await batch.untilFinished(3);
  expect(await batch.names()).toEqual(["holiday/2.png", "holiday/10.png", "holiday/second day/a.png"]);
  rmSync(folder, { recursive: true });
});

test("however many and however large the photos are, two are in memory at a time", async ({ page }) => {
  const photo = await sharp({
    create: { width: 4000, height: 3000, channels: 3, background: "#e01010" },
  })
    .jpeg()
    .toBuffer();
  const batch = new BatchPage(page);
  await batch.open();
  await batch.untilReady();
  const worker = workerOf(page);
  await watchDecoding(worker);
  await batch.choose(
    Array.from({ length: 12 }, (_, i) => ({ name: `${i}.jpg`, mimeType: "image/jpeg", buffer: photo })),
  );
  await batch.untilFinished(12);
  const { live, most, all } = await decodedIn(worker);
  expect(all).toBe(12);
  expect(most).toBeLessThanOrEqual(2);
  expect(live).toBe(0);
  // The page keeps small pictures only.
  const largest = await batch
    .tiles()
    .locator("img")
    .evaluateAll((images) => Math.max(...images.map((image) => (image as HTMLImageElement).naturalWidth)));
  expect(largest).toBe(256);
});
