import { expect, test } from "@playwright/test";
import { workbook } from "../lib/text/workbook.fixture.ts";
import { copyRelease, removeRelease } from "./releases.ts";
import { drop } from "./task-page.ts";
import { textTask } from "./text-fixture.ts";
import { TextPage } from "./text-page.ts";

/** 菜很好，房间差。 in GBK. */
const gbk = [0xb2, 0xcb, 0xba, 0xdc, 0xba, 0xc3, 0xa3, 0xac, 0xb7, 0xbf, 0xbc, 0xe4, 0xb2, 0xee, 0xa1, 0xa3];

test("an answer comes while typing, sentence by sentence, with every telling word coloured", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  await view.field().pressSequentially("The food was great");
  await view.expectAnswer("High");
  await expect(page.getByText("English · 18 characters")).toBeVisible();
  await expect.poll(() => view.marks()).toEqual([["great", 3]]);
  await expect(page.getByText("For “High”: great.")).toBeVisible();

  await view.field().pressSequentially(". The room was dreadful, dull and slow.");
  await view.expectAnswer("Low");
  await expect(view.sentences()).toHaveCount(2);
  await expect(view.sentences().nth(0)).toContainText("High, 87%");
  await expect(view.sentences().nth(1)).toContainText("Low, 99%");
  await expect(page.getByText("For “Low”: dreadful, dull, slow. Against it: great.")).toBeVisible();
  // The words can be explained for another class.
  await page.getByRole("radio", { name: /High/ }).check();
  await expect.poll(() => view.marks()).toEqual([["great", 3], ["dreadful", -3], ["dull", -3], ["slow", -2]]);
}); // biome-ignore format: a list

test("Chinese, emoji, other scripts, white space and what cannot be seen", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  await view.type("菜很好😀");
  await view.expectAnswer("High");
  await expect(page.getByText(/^Chinese/)).toBeVisible();
  await view.type("😀😀");
  await view.expectAnswer("High");
  await view.type("★★ ☂");
  await expect(page.getByTestId("answer")).toHaveText("There are no words to go by");
  await view.type("go\u0000od\u200d r\u00adoom");
  await expect(page.getByTestId("answer")).toBeVisible();
  await view.type("Þetta er mjög góð máltíð");
  await expect(page.getByTestId("answer")).toHaveText("Not a language it has learnt");
  await view.type("هذا طعام رائع");
  await expect(page.getByTestId("answer")).toHaveText("Not a language it has learnt");
  expect(await view.field().evaluate((field) => getComputedStyle(field).direction)).toBe("rtl");
  await view.type(" \u200b\u2060\u0000 ");
  await expect(page.getByTestId("answer")).toHaveText("There is nothing to read in it");
  await page.getByRole("button", { name: "Clear" }).click();
  await view.untilReady();
  await expect(view.field()).toBeFocused();
});

test.describe("without a service worker, which would hide requests from the test", () => {
  test.use({ serviceWorkers: "block" });

  test("an answer goes with the model that gave it", async ({ page }) => {
    const name = "moods-renewed";
    copyRelease(textTask, name, "standard-1.0.0");
    const view = new TextPage(page);
    await view.open("?threads=1", name);
    await view.untilReady();
    copyRelease(textTask, name, "standard-1.1.0");
    await page.reload();
    await view.type("great");
    await view.expectAnswer("High");
    // The new one has to be downloaded, which never comes to an end.
    await page.evaluate(() => caches.delete("nacre-models"));
    await page.route("**/standard-1.1.0/weights.bin", () => undefined);
    await page.getByRole("button", { name: "Get it" }).click();
    await expect(page.getByRole("heading", { name: "Getting the model" })).toBeVisible();
    await expect(page.getByTestId("answer")).toHaveCount(0);
    for (const version of ["standard-1.0.0", "standard-1.1.0"]) removeRelease(name, version);
  });
});

test("a megabyte pasted at once does not hold up the page", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const view = new TextPage(page);
  await view.open();
  await view.untilReady();
  await page.evaluate(() =>
    navigator.clipboard.writeText("The food was great. The room was bad. ".repeat(27_000)),
  );
  await page.evaluate(() => {
    let [last, longest] = [performance.now(), 0];
    const tick = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      Object.assign(window, { longest });
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await view.field().focus();
  await page.keyboard.press("Control+V");
  await view.expectAnswer("High");
  await expect(page.getByText("54,000 sentences")).toBeVisible();
  await expect(view.sentences()).toHaveCount(20);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(view.sentences()).toHaveCount(70);
  console.info(
    "longest pause in ms:",
    Math.round(await page.evaluate(() => (window as unknown as { longest: number }).longest)),
  );
  await page.getByRole("button", { name: "Clear" }).click();
  await view.type("dull");
  await view.expectAnswer("Low");
});

test("a table: the column is found, rows are answered, filtered and saved", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  const rows = Array.from({ length: 300 }, (_, i) => `${i},${["great food", "dull film", ""][i % 3]},x`);
  await view.choose("reviews.csv", ["id,review,note", ...rows].join("\n"));
  await expect(page.getByText("CSV · 301 rows · 3 columns · UTF-8")).toBeVisible();
  await expect(page.getByRole("radio", { name: "review" })).toBeChecked();
  await expect(page.getByRole("checkbox")).toBeChecked();
  await page.getByRole("button", { name: "Read 300 texts" }).click();
  await expect(page.getByRole("heading", { name: "300 texts read" })).toBeVisible();
  const spread = page.getByRole("table", { name: "How they are spread" });
  await expect(spread.getByRole("row", { name: /^Low 100 33%$/ })).toBeVisible();
  await expect(spread.getByRole("row", { name: /^Nothing to read 100 33%$/ })).toBeVisible();

  const list = page.getByRole("list", { name: "Texts with their answers" }).getByRole("listitem");
  await expect(list).toHaveCount(50);
  await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Low (100)" });
  await expect(list.first()).toContainText("dull film");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("51–100 of 100")).toBeVisible();
  await page.getByRole("searchbox").fill("GREAT");
  await expect(page.getByText("No text fits these choices.")).toBeVisible();
  await page.getByRole("searchbox").fill("dull");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("reviews.moods.csv");
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString("utf8").split("\r\n");
  expect(lines[0]).toBe("\uFEFFid,review,note,answer,low,even,high");
  expect(lines[1]).toMatch(/^1,dull film,x,low,0\.\d{6},0\.\d{6},0\.\d{6}$/);
  expect(lines).toHaveLength(102);
});

test("a long table can be stopped and taken up again", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  await view.choose("lines.txt", "great food\n".repeat(20_000));
  await page.getByRole("button", { name: "Read 20,000 texts" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("heading", { name: /^Stopped at [\d,]+ of 20,000$/ })).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "20,000 texts read" })).toBeVisible({ timeout: 200_000 });
});

test("workbooks, GBK and lines are read; what cannot be is told with its line", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  await view.choose("a.xlsx", workbook([["text", "stars"], ["great film", 5]])); // biome-ignore format: a table
  await expect(page.getByText("Excel · 2 rows · 2 columns")).toBeVisible();
  await view.page.getByRole("button", { name: "Another text" }).click();
  await view.choose("a.txt", Uint8Array.from([...gbk, 10, ...gbk]));
  await expect(page.getByText("2 lines · GB18030")).toBeVisible();
  await expect(page.getByRole("cell", { name: "菜很好，房间差。" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Read it as one text" }).click();
  await expect(view.field()).toHaveValue("菜很好，房间差。\n菜很好，房间差。");
  await view.choose("b.csv", 'text\n"never closed\n');
  await expect(page.getByRole("alert").filter({ hasText: "quotation mark is never closed" })).toContainText(
    "line 2",
  );
  await view.page.getByRole("button", { name: "Another text" }).click();
  await drop(page, [{ name: "c.xls", mimeType: "", buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]) }]);
  await expect(page.getByRole("alert").filter({ hasText: "old Excel file" })).toBeVisible();
});

test("of several files none is lost", async ({ page }) => {
  const view = new TextPage(page);
  await view.open();
  const file = (name: string, text: string) => ({ name, mimeType: "", buffer: Buffer.from(text) });
  await drop(page, [file("a.csv", "text\ngreat\ndull"), file("b.txt", "lovely\nslow\nkind")]);
  await expect(page.getByRole("heading", { name: "a.csv" })).toBeVisible();
  await page.getByRole("button", { name: "Read 2 texts" }).click();
  await expect(page.getByRole("heading", { name: "2 texts read" })).toBeVisible();
  await page.getByRole("combobox", { name: "2 files" }).selectOption({ label: "b.txt" });
  await expect(page.getByRole("heading", { name: "b.txt" })).toBeVisible();
  await page.getByRole("button", { name: "Read 3 texts" }).click();
  await expect(page.getByRole("heading", { name: "3 texts read" })).toBeVisible();
});

test("nothing of a text or a table is sent, and it works without a network", async ({
  page,
  context,
  baseURL,
}) => {
  const requests: { method: string; url: string; body: Buffer | null }[] = [];
  context.on("request", (request) =>
    requests.push({ method: request.method(), url: request.url(), body: request.postDataBuffer() }),
  );
  const view = new TextPage(page);
  await view.open();
  await view.type("The food was great");
  await view.expectAnswer("High");
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    const kept = await (await caches.open("nacre-pages")).keys();
    return kept.some(({ url }) => new URL(url).pathname === "/moods");
  });
  await context.setOffline(true);
  await view.open("");
  await view.choose("a.csv", "text\ngreat\ndull");
  await page.getByRole("button", { name: "Read 2 texts" }).click();
  await expect(page.getByRole("heading", { name: "2 texts read" })).toBeVisible();

  for (const { method, url, body } of requests) {
    expect(method, url).toBe("GET");
    expect(body, url).toBeNull();
    expect(url.startsWith(`${baseURL}/`) || url.startsWith("blob:"), url).toBe(true);
    expect(url, url).not.toMatch(/great|food/);
  }
  await expect(page.getByTestId("sent")).toHaveText("0 bytes sent");
});

test("the home page hands a pasted text to the task that reads", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.evaluate(() => navigator.clipboard.writeText("What a lovely film!"));
  await page.keyboard.press("Control+V");
  const question = page.getByRole("group", { name: "Which of these is it?" });
  // With one task for texts there is nothing to ask.
  await Promise.race([question.waitFor(), page.waitForURL(/\/moods$/)]);
  if (await question.isVisible()) await question.getByRole("button", { name: "Moods" }).click();
  await new TextPage(page).expectAnswer("High");
});
