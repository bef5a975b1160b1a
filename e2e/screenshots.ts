/**
 * Takes pictures of the pages in their states: desktop and phone, light and dark, both languages.
 *
 *   npx tsx e2e/screenshots.ts FOLDER [TASK PICTURE]
 *
 * Without a task and a picture of your own, the tasks of the browser tests are shown. Needs a production build.
 */

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { serveApp } from "../scripts/serve-app.ts";
import { BatchPage } from "./batch-page.ts";
import { chromiumPath } from "./chromium.ts";
import { hearing } from "./fake-microphone.ts";
import { task as fixtureTask, writeFixture } from "./fixture.ts";
import { makeOwner, signIn } from "./owner.ts";
import { badFiles, type PictureFile, picture } from "./pictures.ts";
import { finishedRun, RunFolder } from "./runs.ts";
import { melody, soundTask, writeSoundFixture } from "./sound-fixture.ts";
import { SoundPage, wav } from "./sound-page.ts";
import { drop, TaskPage } from "./task-page.ts";
import { textTask, writeTextFixture } from "./text-fixture.ts";
import { TextPage } from "./text-page.ts";

const [folder, ownTask, ownPicture] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: npx tsx e2e/screenshots.ts FOLDER [TASK PICTURE]");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

const task = ownTask ?? fixtureTask;
const [reads, listens] = ownTask === undefined ? [textTask, soundTask] : ["sentiment", "commands"];
const shown: PictureFile =
  ownPicture === undefined
    ? await picture("green")
    : {
        name: basename(ownPicture),
        mimeType: `image/${extname(ownPicture).slice(1)}`,
        buffer: readFileSync(ownPicture),
      };

type State = readonly [name: string, reach: (page: Page) => Promise<unknown>];

/** Groups of states that follow each other on one page, which is opened in a browser that has nothing yet. */
const visits: readonly (readonly State[])[] = [
  [
    ["home", (page) => page.goto("/")],
    ["privacy", (page) => page.goto("/privacy")],
  ],
  [
    ["models", (page) => page.goto("/models")],
    [
      "releases",
      async (page) => {
        await page.goto(`/models/${task}`);
        await signIn(page);
      },
    ],
    [
      "card",
      (page) =>
        page
          .getByText(/^(Model card of|.*的模型说明)/)
          .first()
          .click(),
    ],
    ["account", (page) => page.goto("/account")],
    ["log", (page) => page.goto("/account/log")],
    ["runs", (page) => page.goto("/runs")],
    ["run", (page) => page.getByRole("link", { name: "long" }).click()],
    [
      "compared",
      async (page) => {
        await page.goto("/runs");
        for (const box of (await page.getByRole("checkbox").all()).slice(0, 3)) await box.check();
        await page.locator('a[href^="/runs/compare"]').click();
      },
    ],
  ],
  [
    [
      "loading",
      async (page) => {
        await page.route("**/weights.bin", () => undefined); // never answered
        await new TaskPage(page).open("?threads=1", task);
        await page.getByRole("button", { name: /^(Pause|暂停)$/ }).waitFor();
      },
    ],
    ["paused", (page) => page.getByRole("button", { name: /^(Pause|暂停)$/ }).click()],
  ],
  [
    [
      "interrupted",
      async (page) => {
        await page.route("**/weights.bin", (route) => route.abort());
        await page.route("**/weights.bin", (route) => route.fulfill({ body: Buffer.alloc(2_500_000) }), {
          times: 1,
        });
        await new TaskPage(page).open("?threads=1", task);
        await page.getByRole("button", { name: /^(Try now|立即重试)$/ }).waitFor();
      },
    ],
  ],
  [
    [
      "ready",
      async (page) => {
        const view = new TaskPage(page);
        await view.open("?threads=1", task);
        await view.untilReady();
      },
    ],
    ["answer", (page) => answerTo(page, shown)],
    ["unsure", async (page) => answerTo(page, await picture("grey"))],
    ["problem", async (page) => answerTo(page, (await badFiles())[2]!.file)],
    ["no-file", (page) => drop(page, [])],
    ["dragging", (page) => page.dispatchEvent("main", "dragenter")],
    [
      "camera",
      async (page) => {
        await page.getByRole("button", { name: /^(Camera|拍照)$/ }).click();
        await page.getByRole("dialog").getByRole("alert").waitFor();
      },
    ],
  ],
  [
    [
      "why",
      async (page) => {
        await new TaskPage(page).open("?threads=1", task);
        await answerTo(page, shown);
        await page.getByRole("button", { name: /^(Why\?|为什么？)$/ }).click();
      },
    ],
    ["unknown", async (page) => answerTo(page, await picture("stone"))],
    [
      "reliability",
      async (page) => {
        await page.locator("summary").click();
        await page.locator("summary").evaluate((summary) => summary.scrollIntoView());
      },
    ],
  ],
  [
    [
      "batch",
      async (page) => {
        const batch = new BatchPage(page);
        await batch.open("?threads=1", task);
        const good = await Promise.all(
          (["red", "white", "grey", "stone"] as const).map((paint) => picture(paint)),
        );
        await batch.choose([shown, ...good, ...(await badFiles()).map(({ file }) => file)]);
        await page.getByRole("heading", { name: /named$|^认出了/ }).waitFor();
      },
    ],
    ["batch-opened", (page) => new BatchPage(page).tiles().first().click()],
  ],
];

const said = "The food was great, but the room was dreadful and the staff slow. 菜很好，房间差。";
const reviews = ["id,review", "1,The food was great", "2,dull film", "3,很好", "4,Þetta er gott", "5,"].join(
  "\n",
);

/** As `visits`, of pages that read and that listen. */
const otherVisits: readonly (readonly State[])[] = [
  [
    [
      "text-ready",
      async (page) => {
        await new TextPage(page).open("?threads=1", reads);
        await new TextPage(page).untilReady();
      },
    ],
    ["text-answer", (page) => answerToText(page, said)],
    ["text-foreign", (page) => answerToText(page, "Þetta er mjög góð máltíð")],
    ["text-wordless", (page) => answerToText(page, "★★ ☂")],
    [
      "table",
      async (page) => {
        const file = (name: string) => ({ name, mimeType: "", buffer: Buffer.from(reviews) });
        await drop(page, [file("reviews.csv"), file("more.csv")]);
        await page.getByRole("radio", { name: "review" }).waitFor();
      },
    ],
    [
      "table-read",
      async (page) => {
        await page.getByRole("button", { name: /^(Read 5 texts|读 5 段文字)$/ }).click();
        await page.getByRole("heading", { name: /^(5 texts read|读完 5 段文字)$/ }).waitFor();
      },
    ],
  ],
  [
    [
      "sound-ready",
      async (page) => {
        await new SoundPage(page).open(listens);
        await new SoundPage(page).untilReady();
      },
    ],
    ["sound-answer", (page) => hear(page, ["yes"])],
    ["sound-files", (page) => hear(page, ["up", "left", "bad"])],
    [
      "listening",
      async (page) => {
        await new SoundPage(page).choose(/^(Listen live|实时聆听)$/);
        await page.getByRole("button", { name: /^(Start listening|开始聆听)$/ }).click();
        await page.waitForTimeout(5000);
      },
    ],
    ["record", (page) => page.getByRole("radio").nth(2).check()],
  ],
];

async function answerToText(page: Page, text: string): Promise<void> {
  await new TextPage(page).type(text);
  await page.waitForTimeout(1500);
}

/** Hands in a recording of each; "bad" is none. */
async function hear(page: Page, names: readonly ("yes" | "up" | "left" | "bad")[]): Promise<void> {
  const sound = (name: (typeof names)[number]) =>
    name === "bad"
      ? Buffer.from("These are my notes.")
      : encodeWav({ samples: melody([name], { pause: 0.25 }), rate: 16_000 });
  await new SoundPage(page).files(names.map((name) => wav(`${name}.wav`, sound(name))));
  await page.waitForTimeout(1500);
}

async function answerTo(page: Page, file: PictureFile): Promise<void> {
  await new TaskPage(page).choose(file);
  await page.waitForTimeout(1500);
}

const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const languages = { en: "English", zh: "中文" };

const data = join(tmpdir(), `nacre-screenshots-data-${process.pid}`);
const runs = join(data, "runs");
Object.assign(process.env, { NACRE_DATA: data, NACRE_RUNS: runs, DATABASE_URL: "" });
makeOwner(data);
finishedRun("short", 4, { batch: 64 }, runs);
finishedRun("long", 24, {}, runs);
const going = new RunFolder("going-on", runs);
going.begin();
going.step(0, 40);

let models = "models";
if (ownTask === undefined) {
  models = join(tmpdir(), `nacre-screenshots-${process.pid}`);
  writeFixture(models);
  writeTextFixture(models);
  writeSoundFixture(models);
}
const { url: baseURL, stop } = await serveApp(models);
try {
  const quiet = await chromium.launch({ executablePath: chromiumPath() });
  await visit(quiet, visits, []);
  const listening = await chromium.launch(hearing("screenshots", melody(["right", "up", "on", "go"])));
  await visit(listening, otherVisits, ["microphone"]);
} finally {
  await stop();
  rmSync(data, { recursive: true });
}

/** Goes through the states on each screen, and ends the browser. */
async function visit(browser: Browser, groups: typeof visits, permissions: string[]): Promise<void> {
  for (const [screen, options] of Object.entries(screens)) {
    for (const states of groups) {
      const page = await browser.newPage({ ...options, baseURL, permissions, serviceWorkers: "block" });
      for (const [state, reach] of states) {
        await reach(page);
        await takeAll(page, `${screen}-${state}`);
      }
      await page.close();
    }
  }
  await browser.close();
}

/** Language and appearance change at once on the page as it stands. */
async function takeAll(page: Page, name: string): Promise<void> {
  for (const [locale, language] of Object.entries(languages)) {
    // Behind a dialog nothing can be clicked by hand.
    await page.getByRole("button", { name: language, includeHidden: true }).dispatchEvent("click");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(250); // colours fade
      await page.screenshot({ path: join(folder!, `${name}-${locale}-${colorScheme}.png`) });
    }
  }
}
