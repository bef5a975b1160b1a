import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { badFiles, picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

async function expectNoViolations(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect(found, what).toEqual([]);
}

for (const locale of ["en", "zh"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`axe finds nothing on any page or state, ${locale}, ${theme}`, async ({
      page,
      context,
      baseURL,
    }) => {
      await context.addCookies([
        { name: "nacre-locale", value: locale, url: baseURL },
        { name: "nacre-theme", value: theme, url: baseURL },
      ]);
      for (const address of ["/", "/privacy", "/no-such-task"]) {
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
  await page.keyboard.press("Tab"); // the promise
  await page.keyboard.press("Tab"); // the models
  await expect(page.getByRole("radio", { name: /Standard/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Light/ })).toBeChecked();
  await task.expectAnswer("Blue");
});

test("on a phone everything fits the width, and nothing jumps", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    const shifted: string[] = [];
    Object.assign(window, { shifted });
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as LayoutShift[]) {
        shifted.push(...sources.map(({ node }) => node?.textContent ?? "something"));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const task = new TaskPage(page);
  for (const address of ["/", "/privacy"]) {
    await page.goto(address);
    await expectFits(page);
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
  expect(await page.evaluate(() => (window as unknown as { shifted: string[] }).shifted)).toEqual([]);
});

/** Layout Instability API, WICG, §2: not yet among TypeScript's types. */
interface LayoutShift extends PerformanceEntry {
  readonly sources: readonly { readonly node: Node | null }[];
}

async function expectFits(page: Page): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(content).toBeLessThanOrEqual(screen);
}
