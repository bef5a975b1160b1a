/**
 * Takes pictures of the pages in their states: desktop and phone, light and dark, both languages.
 *
 *   npx tsx e2e/screenshots.ts FOLDER [TASK PICTURE]
 *
 * Without a task and a picture of your own, the task of the browser tests is shown. Needs a production build.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { chromiumPath } from "./chromium.ts";
import { task as fixtureTask, writeFixture } from "./fixture.ts";
import { badFiles, type PictureFile, picture } from "./pictures.ts";
import { drop, TaskPage } from "./task-page.ts";

const [folder, ownTask, ownPicture] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: npx tsx e2e/screenshots.ts FOLDER [TASK PICTURE]");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

const task = ownTask ?? fixtureTask;
const shown: PictureFile =
  ownPicture === undefined
    ? await picture("green")
    : { name: basename(ownPicture), mimeType: "image/jpeg", buffer: readFileSync(ownPicture) };
const port = 20_000 + (process.pid % 20_000);
const baseURL = `http://localhost:${port}`;

/** How each state is reached on a fresh page. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  home: async (page) => void (await page.goto("/")),
  privacy: async (page) => void (await page.goto("/privacy")),
  loading: async (page) => {
    await page.route("**/weights.bin", () => undefined); // never answered
    await new TaskPage(page).open("?threads=1", task);
    await page.waitForTimeout(300);
  },
  interrupted: async (page) => {
    await page.route("**/weights.bin", (route) => route.fulfill({ body: Buffer.alloc(2_500_000) }));
    await new TaskPage(page).open("?threads=1", task);
    await page.waitForTimeout(1500);
  },
  ready: async (page) => {
    const view = new TaskPage(page);
    await view.open("?threads=1", task);
    await view.untilReady();
  },
  dragging: async (page) => {
    const view = new TaskPage(page);
    await view.open("?threads=1", task);
    await view.untilReady();
    await page.dispatchEvent("main", "dragenter");
  },
  answer: (page) => answerTo(page, shown),
  unsure: async (page) => answerTo(page, await picture("grey")),
  problem: async (page) => answerTo(page, (await badFiles())[2]!.file),
  offline: async (page) => {
    await answerTo(page, shown);
    await page.context().setOffline(true);
  },
  nothing: async (page) => {
    const view = new TaskPage(page);
    await view.open("?threads=1", task);
    await view.untilReady();
    await drop(page, []);
  },
  camera: async (page) => {
    const view = new TaskPage(page);
    await view.open("?threads=1", task);
    await page.getByRole("button", { name: /^(Camera|拍照)$/ }).click();
    await page.waitForTimeout(500);
  },
};

async function answerTo(page: Page, file: PictureFile): Promise<void> {
  const view = new TaskPage(page);
  await view.open("?threads=1", task);
  await view.untilReady();
  await view.choose(file);
  await page.locator('[data-testid="answer"], h2.text-danger').first().waitFor();
  await page.waitForTimeout(400); // the bars have grown
}

const screens = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const server = await startServer();
try {
  const browser = await chromium.launch({ executablePath: chromiumPath() });
  for (const [screen, viewport] of Object.entries(screens)) {
    for (const locale of ["en", "zh"] as const) {
      // One context per language keeps the model, so that only the first page has to load it.
      const context = await browser.newContext({ viewport, baseURL, serviceWorkers: "block" });
      for (const theme of ["light", "dark"] as const) {
        await choose(context, locale, theme);
        for (const [state, reach] of Object.entries(states)) {
          // A state of the download needs a browser that has nothing yet.
          const fresh = state === "loading" || state === "interrupted";
          const own = fresh
            ? await browser.newContext({ viewport, baseURL, serviceWorkers: "block" })
            : context;
          if (fresh) await choose(own, locale, theme);
          const page = await own.newPage();
          await reach(page);
          await page.screenshot({ path: join(folder, `${screen}-${locale}-${theme}-${state}.png`) });
          await context.setOffline(false);
          await page.close();
          if (fresh) await own.close();
        }
      }
      await context.close();
    }
  }
  await browser.close();
} finally {
  server.kill("SIGTERM");
}

function choose(context: BrowserContext, locale: string, theme: string): Promise<void> {
  return context.addCookies([
    { name: "nacre-locale", value: locale, url: baseURL },
    { name: "nacre-theme", value: theme, url: baseURL },
  ]);
}

async function startServer(): Promise<ChildProcess> {
  let models = "models";
  if (ownTask === undefined) {
    models = join(tmpdir(), `nacre-screenshots-${process.pid}`);
    writeFixture(models);
  }
  const next = join("node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "start", "--port", String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NACRE_MODELS: models },
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error("The server stopped at once; run “npm run build” first.");
    const answers = await fetch(baseURL).then(
      () => true,
      () => false,
    );
    if (answers) return child;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
