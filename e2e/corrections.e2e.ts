import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { task } from "./fixture.ts";
import { signIn } from "./owner.ts";
import { picture } from "./pictures.ts";
import { melody } from "./sound-fixture.ts";
import { SoundPage, wav } from "./sound-page.ts";
import { TaskPage } from "./task-page.ts";
import { TextPage } from "./text-page.ts";

// An answer is corrected; the correction is kept, looked at, saved, deleted, and sent and reviewed where that is wanted.

async function expectNoViolations(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect(found, what).toEqual([]);
}

/** Says in the dialog what the thing is, found by a word in either language. */
async function correct(
  page: Page,
  search: string,
  name: string,
  button = "Wrong? Say what it is",
): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill(search);
  await dialog.getByRole("radio", { name, exact: false }).check();
  await dialog.getByRole("button", { name: "Keep this correction" }).click();
}

const kept = (page: Page) => page.getByRole("heading", { name: "Kept in this browser" });

/** A file that is saved by a click on a button. */
async function saved(page: Page, button: string): Promise<Record<string, Uint8Array>> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return unzipSync(new Uint8Array(readFileSync(await (await download).path())));
}

test("a picture is corrected: kept here, listed, saved for training, and deleted; nothing is sent", async ({
  page,
}) => {
  const view = new TaskPage(page);
  await view.open();
  await view.choose(await picture("red"));
  await view.expectAnswer("Red");
  await correct(page, "蓝", "blue");
  await expect(kept(page)).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByTestId("sent")).toHaveText("0 bytes sent");

  await page.goto("/corrections");
  const entry = page.getByRole("listitem").filter({ hasText: "You say: blue" });
  await expect(entry).toContainText(/Answer: red, \d+%/);
  await expect(entry).toContainText("Not sent");
  const files = await saved(page, "Save the corrections of Colours as a zip");
  expect(Object.keys(files)).toEqual([expect.stringMatching(/^blue\/\d{8}T\d{6}-0\.png$/)]);
  expect(Buffer.from(Object.values(files)[0]!).equals((await picture("red")).buffer)).toBe(true);
  await page.getByRole("button", { name: /^Delete the correction “blue”/ }).click();
  await expect(page.getByText("You have not corrected anything yet.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("You have not corrected anything yet.")).toBeVisible();
});

test("texts and recordings are corrected, too, as classes and as none of them", async ({ page }) => {
  const reading = new TextPage(page);
  await reading.open();
  await reading.type("<b>not</b> good");
  await expect(page.getByTestId("answer")).toBeVisible();
  await correct(page, "", "None of these");
  await expect(kept(page)).toBeVisible();

  const listening = new SoundPage(page);
  await listening.open();
  const sound = encodeWav({ samples: melody(["yes"], { pause: 0.25 }), rate: 16_000 });
  await listening.files([wav("said.wav", sound)]);
  await listening.expectAnswer("Yes");
  await correct(page, "left", "left");
  await expect(kept(page)).toBeVisible();

  await page.goto("/corrections");
  await expect(page.getByText("<b>not</b> good")).toBeVisible();
  await expect(page.locator("audio")).toHaveCount(1);
  const names = await page.getByRole("button", { name: /^Save the corrections/ }).all();
  expect(names).toHaveLength(2);
  const files = await saved(page, "Save the corrections of Tones as a zip");
  expect(Object.keys(files)).toEqual([expect.stringMatching(/^left\/.*-0\.wav$/)]);
  expect(Buffer.from(Object.values(files)[0]!).equals(Buffer.from(sound))).toBe(true);
});

test("a row of a table of texts is corrected, whole, and by the keyboard alone", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  const long = `dull ${"very ".repeat(200)}"film"`;
  const rows = ["great food", "", long, "Þetta er mjög góð máltíð"];
  const fields = rows.map((text, i) => `${i},"${text.replaceAll('"', '""')}"`);
  await view.choose("reviews.csv", ["id,review", ...fields].join("\n"));
  await page.getByRole("button", { name: "Read 4 texts" }).click();
  await expect(page.getByRole("heading", { name: "4 texts read" })).toBeVisible();
  const pencils = page.getByRole("list", { name: "Texts with their answers" }).getByRole("button");
  await expect(pencils).toHaveCount(3); // there is nothing to say of a row without a text

  const pencil = page.getByRole("button", { name: "Row 3: wrong? Say what it is" });
  await pencil.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/The answer was: low \(\d+%\)/);
  await dialog.getByRole("radio", { name: "high" }).press("Space");
  await page.keyboard.press("Enter");
  await expect(kept(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pencil).toBeFocused();
  await correct(page, "", "None of these", "Row 4: wrong? Say what it is");
  await expect(kept(page)).toBeVisible();

  await page.goto("/corrections");
  const entry = page.getByRole("listitem").filter({ hasText: "You say: high" });
  await expect(entry).toContainText(/Answer: low, \d+%/);
  await expect(entry).toContainText("reviews.csv");
  const files = await saved(page, "Save the corrections of Moods as a zip");
  const text = (name: string) => Buffer.from(files[name]!).toString();
  expect(text("corrections.tsv")).toBe(`text\tlabel\n${long}\thigh\n`);
  expect(text(".none/corrections.tsv")).toBe("text\tlabel\nÞetta er mjög góð máltíð\t\n");
});

test("a row of a table of recordings is corrected", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  const said = encodeWav({ samples: melody(["yes"], { pause: 0.25 }), rate: 16_000 });
  const long = encodeWav({ samples: melody(["no", "go", "left", "up"]), rate: 16_000 });
  await view.files([
    wav("said.wav", said),
    wav("long.wav", long),
    wav("notes.wav", Buffer.from("These are my notes.")),
  ]);
  await expect(page.getByRole("heading", { name: "3 recordings" })).toBeVisible();
  await expect(page.getByRole("table").getByRole("button")).toHaveCount(1);
  await correct(page, "left", "left", "said.wav: wrong? Say what it is");
  await expect(kept(page)).toBeVisible();
  await page.getByRole("link", { name: "See all corrections" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "You say: left" })).toContainText("said.wav");
  const files = await saved(page, "Save the corrections of Tones as a zip");
  expect(Object.keys(files)).toEqual([expect.stringMatching(/^left\/.*-0\.wav$/)]);
  expect(Buffer.from(Object.values(files)[0]!).equals(Buffer.from(said))).toBe(true);
});

test("what is sent is sent with consent, is counted, waits for its owner, and is accepted by a key", async ({
  page,
  request,
}) => {
  const bodies: string[] = [];
  page.on("request", (sent) => sent.method() === "POST" && bodies.push(sent.url()));
  const view = new TaskPage(page);
  await view.open();
  // Of a colour of its own, with a place in it: what was reviewed once is not asked about again.
  const photo = await sharp({
    create: { width: 2000, height: 900, channels: 3, background: { r: 200, g: Date.now() % 40, b: 20 } },
  })
    .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" } })
    .jpeg()
    .toBuffer();
  await view.choose({ name: "at-home.jpg", mimeType: "image/jpeg", buffer: photo });
  await view.expectAnswer("Red");
  await correct(page, "yel", "yellow");
  await expect(kept(page)).toBeVisible();
  expect(bodies).toEqual([]);
  await page.getByRole("button", { name: "Yes, send this picture" }).click();
  await expect(page.getByText("Sent. Thank you!")).toBeVisible();
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).not.toContain("at-home");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByTestId("sent")).toHaveText(/^[1-9][\d,]* bytes sent$/);

  // Nobody else sees it.
  expect((await request.get("/corrections/review/1/item")).status()).toBe(401);
  expect((await request.post("/corrections/review/1", { data: { accept: "yellow" } })).status()).toBe(401);

  await page.goto("/corrections/review");
  await expect(page.getByText("Sign in to review what visitors sent.")).toBeVisible();
  await signIn(page);
  const item = page.getByRole("region", { name: "Picture that was sent" });
  await expect(item).toBeFocused();
  await expect(item.getByRole("definition").nth(1)).toHaveText("yellow");
  await expect(item.getByRole("definition").nth(3)).toHaveText(/ UTC$/);
  const shown = item.getByRole("img");
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
    .toEqual([1280, 576]);
  // As if another window had been quicker.
  await page.route("/corrections/review/*", (route) => route.fulfill({ status: 409 }), { times: 1 });
  await page.keyboard.press("a");
  await expect(page.getByText("That one was reviewed already, perhaps in another window.")).toBeVisible();
  await expect(item).toHaveCount(0);
  await page.reload();
  await expect(item).toBeFocused();
  await page.keyboard.press("a");
  await expect(page.getByText("Accepted as yellow.")).toBeVisible();
  await expect(page.getByText("Nothing waits for review.")).toBeVisible();

  const data = join(".nacre", `e2e-data-${process.env.NACRE_E2E_PORT}`);
  const folder = join(data, "corrections", task, "yellow");
  const [file] = readdirSync(folder);
  const { exif, width } = await sharp(readFileSync(join(folder, file!))).metadata();
  expect([exif, width]).toEqual([undefined, 1280]);
  const inbox = join(data, "inbox", task);
  expect(existsSync(inbox) ? readdirSync(inbox) : []).toEqual([]);
});

test("a browser that stores nothing, or has no room, says so", async ({ page, context }) => {
  await context.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...values: Parameters<typeof put>) {
      if (location.hash === "#full") throw new DOMException("", "QuotaExceededError");
      return put.apply(this, values);
    };
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...values) => {
      if (location.hash === "#private") throw new DOMException("", "InvalidStateError");
      return open(...values);
    };
  });
  const view = new TaskPage(page);
  await view.open();
  await view.choose(await picture("red"));
  await view.expectAnswer("Red");
  await page.evaluate(() => history.replaceState(null, "", "#full"));
  await correct(page, "blue", "blue");
  await expect(page.getByText(/has no room left for this site/)).toBeVisible();
  await page.goto("/corrections#private");
  await expect(page.getByText(/does not let this site store anything/)).toBeVisible();
});

for (const locale of ["en", "zh"] as const)
  for (const theme of ["light", "dark"] as const)
    test(`axe finds nothing about corrections, ${locale}, ${theme}`, async ({ page, context, baseURL }) => {
      await context.addCookies([
        { name: "nacre-locale", value: locale, url: baseURL },
        { name: "nacre-theme", value: theme, url: baseURL },
      ]);
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto("/corrections");
      await expect(
        page.getByText(/^(You have not corrected anything yet\.|你还没有更正过任何答案。)$/),
      ).toBeVisible();
      await expectNoViolations(page, "none");
      const view = new TaskPage(page);
      await view.open();
      await view.choose(await picture("blue"));
      await expect(page.getByTestId("answer")).toBeVisible();
      await page.getByRole("button", { name: /^(Wrong\? Say what it is|不对？告诉我它是什么)$/ }).click();
      await expectNoViolations(page, "the question");
      await page.getByRole("dialog").getByRole("radio").last().check();
      await page.locator("dialog button[type=submit]").click();
      await expect(
        page.getByRole("heading", { name: /^(Kept in this browser|已保存在这个浏览器里)$/ }),
      ).toBeVisible();
      await expectNoViolations(page, "kept");
      await page.getByRole("link", { name: /^(See all corrections|查看所有更正)$/ }).click();
      await expect(page.locator("main li")).toHaveCount(1);
      await expectNoViolations(page, "the list");
      // Nothing is wider than a small phone.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await page.goto("/corrections/review");
      await expectNoViolations(page, "the review, signed out");
    });
