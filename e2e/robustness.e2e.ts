import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect, type Page, test } from "@playwright/test";
import { chromiumPath } from "./chromium.ts";
import { picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

/** Does something in a browser of its own that is started with these switches. */
async function inBrowserWith(
  args: readonly string[],
  baseURL: string | undefined,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...args] });
  await act(await browser.newPage({ baseURL }));
  await browser.close();
}

/** Names a picture of one colour. */
async function expectToWork(task: TaskPage, paint: "red" | "green", name: string): Promise<void> {
  await task.choose(await picture(paint));
  await task.expectAnswer(name);
}

test("where no room is left, it answers and says that the model is not kept", async ({ page }) => {
  await page.goto("/privacy");
  const client = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await client.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  const task = new TaskPage(page);
  await task.open();
  await expectToWork(task, "green", "Green");
  await expect(page.getByRole("status").filter({ hasText: "storage is full" })).toBeVisible();
});

test("where the browser stores nothing, as in a private window, it answers and says so", async ({
  baseURL,
}) => {
  const profile = join(".nacre", `e2e-profile-${process.pid}`);
  mkdirSync(join(profile, "Default"), { recursive: true });
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } }; // all storage, in Chromium
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(blocked));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    baseURL,
    locale: "en-GB",
  });
  const page = await context.newPage();
  await page.goto("/");
  expect(await page.evaluate(() => caches.open("x").catch((error) => error.name))).toBe("SecurityError");
  const task = new TaskPage(page);
  for (let visit = 0; visit < 2; visit++) {
    await task.open();
    await expectToWork(task, "red", "Red");
    await expect(page.getByRole("status").filter({ hasText: "keeps nothing here" })).toBeVisible();
  }
  await context.close();
  rmSync(profile, { recursive: true, force: true });
});

test("a browser without WebAssembly SIMD is told to be too old, before anything is downloaded", async ({
  baseURL,
}) => {
  // V8 offers vectors only where the processor has SSE 4.1.
  await inBrowserWith(["--js-flags=--no-enable-sse4-1"], baseURL, async (page) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await new TaskPage(page).open();
    const alert = page.getByRole("alert").filter({ hasText: "This browser is too old for it" });
    await expect(alert).toContainText("no WebAssembly SIMD");
    expect(asked.filter((url) => url.endsWith("weights.bin"))).toEqual([]);
  });
});

test("a graphics card that is lost in the middle makes way for the processor", async ({ baseURL }) => {
  test.slow(); // the graphics card is imitated by the processor
  await inBrowserWith(["--enable-unsafe-webgpu"], baseURL, async (page) => {
    const task = new TaskPage(page);
    await task.open("?threads=1&device=webgpu-software");
    await expect(page.getByText("Graphics card (WebGPU)")).toBeVisible({ timeout: 200_000 });
    await expectToWork(task, "green", "Green");
    const client = await page.context().browser()!.newBrowserCDPSession();
    await client.send("Browser.crashGpuProcess").catch(() => undefined); // it takes the answer along
    await expect(page.getByText("The graphics card stopped")).toBeVisible();
    await expect(page.getByText("Processor, 1 thread")).toBeVisible();
    await expectToWork(task, "red", "Red");
  });
});

test("a machine without a camera is told what to do instead", async ({ baseURL }) => {
  const noCamera = ["--use-fake-device-for-media-stream=device-count=0", "--use-fake-ui-for-media-stream"];
  await inBrowserWith(noCamera, baseURL, async (page) => {
    await new TaskPage(page).open();
    await page.getByRole("button", { name: "Camera" }).click();
    const alert = page.getByRole("dialog").getByRole("alert");
    await expect(alert).toContainText("There is no camera here.");
    await expect(alert).toContainText("choose a picture from your files");
  });
});
