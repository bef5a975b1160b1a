import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { signIn } from "./owner.ts";
import { badFiles, picture } from "./pictures.ts";
import { writeRelease } from "./releases.ts";
import { finishedRun } from "./runs.ts";
import { drop, TaskPage } from "./task-page.ts";
import { TextPage } from "./text-page.ts";

const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};

/** Looks at the page as it stands, on a desktop's screen and on a phone's. */
async function expectNoViolations(page: Page, what: string): Promise<void> {
  for (const [screen, size] of Object.entries(screens)) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, `${what}, ${screen}`).toEqual([]);
  }
}

for (const locale of ["en", "zh"] as const) {
  for (const theme of ["light", "dark"] as const) {
    const choose = (context: BrowserContext, url: string | undefined) =>
      context.addCookies([
        { name: "nacre-locale", value: locale, url },
        { name: "nacre-theme", value: theme, url },
      ]);

    test(`axe finds nothing on any page or state, ${locale}, ${theme}`, async ({
      page,
      context,
      baseURL,
    }) => {
      await choose(context, baseURL);
      for (const address of ["/", "/privacy", "/runs/new", "/no-such-task"]) {
        await page.goto(address);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectNoViolations(page, address);
      }
      const task = new TaskPage(page);
      const held = page.waitForRequest("**/weights.bin");
      await page.route("**/weights.bin", () => undefined, { times: 1 }); // never answered
      await task.open();
      await held;
      await expectNoViolations(page, "loading");
      await page.reload();
      await task.untilReady();
      await expectNoViolations(page, "ready");
      await task.choose(await picture("red"));
      await expect(page.getByTestId("answer")).toBeVisible();
      await expectNoViolations(page, "answer");
      await task.choose((await badFiles())[0]!.file);
      await expect(page.getByText("notes.jpg", { exact: false }).first()).toBeVisible();
      await expectNoViolations(page, "problem");
    });

    test(`nor on the page that reads texts, ${locale}, ${theme}`, async ({ page, context, baseURL }) => {
      await choose(context, baseURL);
      const view = new TextPage(page);
      await view.open();
      await view.untilReady();
      await expectNoViolations(page, "ready for a text");
      await view.type("The food was great. The room was dreadful, not good.");
      await expect(page.locator("mark").first()).toBeVisible();
      await expectNoViolations(page, "text");
      await view.type("هذا طعام");
      await expect(page.locator("mark")).toHaveCount(0);
      await expectNoViolations(page, "unknown language");
      await view.choose("a.csv", "id,text\n1,great\n2,dull\n3,");
      await expect(page.getByRole("checkbox")).toBeChecked();
      await expectNoViolations(page, "table");
      await page.locator("button[type=submit]").click();
      await expect(page.getByRole("heading", { name: /texts read$|^读完/ })).toBeVisible();
      await expectNoViolations(page, "answered table");
    });

    test(`nor on the pages of models, ${locale}, ${theme}`, async ({ page, context, baseURL }) => {
      await choose(context, baseURL);
      for (const address of ["/models", "/models/colours"]) {
        await page.goto(address);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        for (const summary of await page.locator("summary").all()) await summary.click();
        await expectNoViolations(page, address);
      }
    });

    test(`nor on the pages of runs, ${locale}, ${theme}`, async ({ page, context, baseURL }) => {
      await choose(context, baseURL);
      const name = `seen-${locale}-${theme}`;
      finishedRun(name, 3);
      await page.goto("/runs");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoViolations(page, "/runs");
      await page.getByRole("link", { name }).click();
      await signIn(page);
      await page.locator("summary").first().click();
      await expectNoViolations(page, "a run");
      const id = new URL(page.url()).pathname.split("/").at(-1);
      await page.goto(`/runs/compare?run=${id}`);
      await expect(page.getByRole("table")).toBeVisible();
      await expectNoViolations(page, "comparison");
    });

    test(`nor in the questions, dialogs and notices, ${locale}, ${theme}`, async ({
      page,
      context,
      baseURL,
    }) => {
      await choose(context, baseURL);
      await page.goto("/");
      await drop(page, [await picture("red")]);
      await expect(page.locator("fieldset img").first()).toBeAttached();
      await expectNoViolations(page, "which task");
      await drop(page, [
        { name: "tool.exe", mimeType: "", buffer: Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0]) },
      ]);
      await expect(page.getByRole("status").filter({ hasText: "tool.exe" })).toBeVisible();
      await expectNoViolations(page, "refused");

      const name = `noticed-${locale}-${theme}`;
      writeRelease(name, "light-1.0.0");
      const task = new TaskPage(page);
      await task.open("?threads=1", name);
      await task.untilReady();
      writeRelease(name, "light-1.1.0");
      await page.reload();
      await expect(page.getByRole("button", { name: /^(Get it|获取)$/ })).toBeVisible();
      await task.untilReady();
      await expectNoViolations(page, "a newer model");

      const camera = page.getByRole("button", { name: /^(Camera|拍照)$/ });
      await camera.click();
      await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
      await expectNoViolations(page, "camera denied");
      await page.keyboard.press("Escape");
      await context.grantPermissions(["camera"]);
      await camera.click();
      await page.getByRole("radio", { name: /^(Live|实时)$/ }).check();
      await expect(page.getByTestId("live-answer")).toHaveText(/%/);
      await expectNoViolations(page, "live camera");
    });
  }
}

test("everything can be done by keyboard alone", async ({ page }) => {
  const task = new TaskPage(page);
  const chooser = page.waitForEvent("filechooser"); // early, because the browser must be told to report it
  await task.open();
  await task.untilReady();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Choose a picture" })).toBeFocused();
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(await picture("blue"));
  await task.expectAnswer("Blue");
  await expect(page.getByRole("status").filter({ hasText: /^Blue, \d+%\.$/ })).toBeAttached();

  await page.keyboard.press("Tab"); // camera
  await expect(page.getByRole("button", { name: "Camera" })).toBeFocused();
  const standard = page.getByRole("radio", { name: /Standard/ });
  const focused = () => standard.evaluate((radio) => radio === document.activeElement);
  // Past the samples, the promise and what explains the answer.
  for (let presses = 0; presses < 20 && !(await focused()); presses++) await page.keyboard.press("Tab");
  await expect(standard).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Light/ })).toBeChecked();
  await task.expectAnswer("Blue");
});

test("on a phone everything fits the width, and nothing jumps", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[]) {
        const moved = sources.map(({ node, previousRect: from, currentRect: to }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          const place = ({ x, y, width, height }: DOMRectReadOnly) => `${width} × ${height} at ${x}, ${y}`;
          return `${element?.outerHTML.slice(0, 120)}: ${place(from)}, then ${place(to)}`;
        });
        shifts.push({ value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const task = new TaskPage(page);
  for (const address of ["/", "/privacy"]) {
    await page.goto(address);
    await expectFits(page);
    await expectNoJumps(page);
  }
  await task.open();
  await task.untilReady();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  await expectFits(page);
  // The answer is on the first screen.
  expect((await page.getByTestId("answer").boundingBox())!.y).toBeLessThan(844);
  await task.choose((await badFiles())[2]!.file);
  await expect(page.getByRole("alert").filter({ hasText: "HEIC" })).toBeVisible();
  await expectFits(page);
  await expectNoJumps(page);
});

/** Something moved without anybody's doing. */
interface Shift {
  /** The share of the screen moved times the distance, in [0, 1]. */
  readonly value: number;
  readonly moved: readonly string[];
}

/** Layout Instability API, WICG, §2: not yet among TypeScript's types. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** Of the page that is open, since it was opened. */
async function expectNoJumps(page: Page): Promise<void> {
  const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
  // A page painted while it is still being read may count as moved by a hair, on a slow machine.
  expect(shifts.filter(({ value }) => value > 5e-4)).toEqual([]);
}

async function expectFits(page: Page): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(content).toBeLessThanOrEqual(screen);
}
