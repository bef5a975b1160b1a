import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { newWeights, writeShapes } from "../engine/train/shapes.fixture.ts";
import { writeWeights } from "../engine/train/weightsFile.ts";
import { start } from "../scripts/program.fixture.ts";
import { type AppServer, serveApp } from "../scripts/serve-app.ts";
import { findRelease } from "../scripts/tasks.ts";
import { type DeviceName, devices, expectSameAnswers } from "./same-answers.ts";
import { scenes } from "./scenes.ts";
import { TaskPage } from "./task-page.ts";

// A further image task takes one folder under models/ and nothing else: described, trained, measured, asked by
// the command line and by its page, as a person goes the whole way.

test.describe.configure({ mode: "serial", timeout: 1_800_000 });

const folder = mkdtempSync(join(tmpdir(), "nacre-new-task-"));
const inFolder = (path: string) => join(folder, path);
const picture = (path: string) => ({ name: "drawn.png", mimeType: "", buffer: readFileSync(inFolder(path)) });

let app: AppServer;
test.beforeAll(async () => {
  await writeShapes(inFolder("pictures"), 24);
  mkdirSync(inFolder("models"));
  app = await serveApp(inFolder("models"));
});
test.afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true });
});

/** Runs a program to its good end and returns what it printed. */
async function run(program: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await start(program, args, folder).ended;
  expect(code, `${program}: ${err}`).toBe(0);
  return out;
}

/** Trains the last layer of a network on small pictures. */
function train(network: string, ...args: string[]): Promise<string> {
  writeFileSync(inFolder("small.json"), JSON.stringify({ sizes: [{ epochs: 3, size: 96 }] }));
  const quick = ["--config", "small.json", "--freeze", "backbone", "--threads", "1"];
  return run("train", "signs", "--data", "pictures", "--network", network, ...quick, ...args);
}

test("folders become a task that the command line and a page know", async ({ page }) => {
  const released = await findRelease("instruments", "light").catch(() => undefined);
  test.skip(released === undefined, "no light release to start from");
  mkdirSync(inFolder("models/instruments/releases"), { recursive: true });
  symlinkSync(resolve(released!), join(inFolder("models/instruments/releases"), basename(released!)));

  const described = await run("new-task", "signs", "--data", "pictures", "--title-zh", "标志");
  expect(described).toContain("npm run train -- signs --data pictures\n");
  expect(await train("mobilenetv2")).toBe(`${inFolder("models/signs/releases/light-1.0.0")}\n`);
  const model = ["--model", "light", "--threads", "1", "--json"];
  const measured = JSON.parse(await run("evaluate", "signs", "--data", "pictures", ...model));
  expect(measured).toMatchObject({ task: "signs", n: 6 });
  expect(measured.top1).toBeGreaterThan(0.8);
  const predicted = JSON.parse(await run("predict", "signs", "pictures/circle/1.png", ...model));
  expect(predicted.predictions[0].class).toBe("circle");

  await page.goto(app.url);
  await page.getByRole("link", { name: "Signs" }).click();
  await expect(page).toHaveURL(/\/signs$/);
  const view = new TaskPage(page);
  await view.choose(picture("pictures/circle/1.png"));
  await view.expectAnswer("Circle");
  const kinds = page.getByRole("list", { name: "All kinds, the likeliest first" });
  await expect(kinds.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("标志");
});

test("a small network answers alike on every device", async ({ page, context }) => {
  await writeWeights(inFolder("start.safetensors"), newWeights("resnet18"));
  await train("resnet18", "--init", "start.safetensors");
  const release = inFolder("models/signs/releases/standard-1.0.0");
  await context.addCookies([{ name: "nacre-variant", value: "standard", url: app.url }]);
  // A network that has seen next to nothing makes much of a rounding, which is where some formats differ.
  const exact = (await scenes()).filter(({ tolerance }) => tolerance === undefined);
  const shapes = ["circle", "square", "stripes"].map((shape) => picture(`pictures/${shape}/1.png`));
  const files = [...shapes, ...exact].map((file) => ({ ...file, tolerance: 0.02 }));
  for (const device of Object.keys(devices) as DeviceName[])
    await test.step(device, () => expectSameAnswers(page, `${app.url}/signs`, device, release, files));
});
