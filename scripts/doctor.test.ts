import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newWeights, writeShapes } from "../engine/train/shapes.fixture.ts";
import { writeWeights } from "../engine/train/weightsFile.ts";
import { start } from "./program.fixture.ts";

// The doctor as a person calls it, on a folder with a bit of everything that can be wrong.

const folder = mkdtempSync(join(tmpdir(), "nacre-doctor-"));
const inFolder = (path: string) => join(folder, path);
const fresh = ["--network", "mobilenetv2", "--init", "start.safetensors", "--threads", "1"];
const doctor = (...args: string[]) => start("doctor", [...args, ...fresh], folder).ended;

beforeAll(async () => {
  await writeWeights(inFolder("start.safetensors"), newWeights("mobilenetv2"));
  await writeShapes(inFolder("data/train"), 8);
  await writeShapes(inFolder("data/test"), 1, ["circle"]);
  mkdirSync(inFolder('data/train/<b>"rare"'));
  const photo = sharp({ create: { width: 90, height: 70, channels: 3, background: "#204060" } });
  await photo.png().toFile(inFolder('data/train/<b>"rare"/blank & co.png'));
  writeFileSync(
    inFolder("data/train/square/cut.png"),
    readFileSync(inFolder("data/train/square/0.png")).subarray(0, 60),
  );
  writeFileSync(inFolder("data/train/square/empty.jpg"), "");
  writeFileSync(inFolder("data/train/stripes/photo.heic"), "\0\0\0\x18ftypheic\0\0\0\0mif1heic");
  writeFileSync(inFolder("data/train/stripes/notes.txt"), "no picture");
});
afterAll(() => rmSync(folder, { recursive: true }));

const contents = () =>
  execFileSync("sh", ["-c", "find data -type f -exec sha256sum {} + | sort"], { cwd: folder });

test("--json tells everything, --html shows it, and no picture is changed", async () => {
  const before = contents();
  const { code, out, err } = await doctor("data", "--json", "--html", "page.html");
  expect(err).toContain("The pictures are in page.html.");
  expect(code).toBe(0);
  expect(contents()).toEqual(before);
  const found = JSON.parse(out);
  expect(found).toMatchObject({ folder: "data", pictures: 29 });
  expect(found.unreadable.map(({ reason }: { reason: string }) => reason)).toEqual([
    expect.stringMatching(/square\/cut\.png is a PNG picture that is cut short or damaged/),
    expect.stringMatching(/square\/empty\.jpg is empty/),
    expect.stringMatching(/stripes\/photo\.heic is a HEIC picture/),
  ]);
  expect(found.tiny).toHaveLength(25);
  expect(found.blank).toEqual([
    { file: 'data/train/<b>"rare"/blank & co.png', class: '<b>"rare"', split: "train" },
  ]);
  // The fixture draws the first circle of each folder alike.
  const leak = found.duplicates.find(({ leak }: { leak: boolean }) => leak);
  expect(leak).toMatchObject({ disagree: false, likeness: expect.closeTo(1, 5) });
  expect(leak.pictures).toContainEqual({ file: "data/test/circle/0.png", class: "circle", split: "test" });
  expect(found.balance).toMatchObject({ rare: ['<b>"rare"'], ratio: 10 });
  expect(found.labels.unchecked).toContain('<b>"rare"');

  const page = readFileSync(inFolder("page.html"), "utf8");
  expect(existsSync(inFolder("page.html.part"))).toBe(false);
  expect(page).not.toMatch(/<b>"rare"/);
  expect(page).toContain('href="data/train/%3Cb%3E%22rare%22/blank%20%26%20co.png"');
  for (const [, source] of page.matchAll(/ src="([^"]*)"/g))
    expect(source).toMatch(/^data:image\/webp;base64,/);
  expect(page).not.toMatch(/https?:|<script|<link/);
});

test.each([
  [["nowhere"], 3, /^The folder nowhere does not exist; check the path\.\n$/],
  [["data"], 2, /^No release under models\/ has the network resnet50 to start from\./],
  [["data", "--init", "none.onnx"], 4, /^none\.onnx cannot be read\./],
  [["data", "--html", "nowhere/page.html"], 6, /^nowhere\/page\.html: it cannot be written/],
])("%j ends with %i and a sentence", async (args, code, sentence) => {
  const ended = await start("doctor", args, folder).ended;
  expect(ended).toEqual({ code, out: "", err: expect.stringMatching(sentence) });
});

test("Ctrl-C stops it, and no page is left behind", async () => {
  const { process: child, said, ended } = start("doctor", ["data", "--html", "half.html", ...fresh], folder);
  await said("are judged by");
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 130, out: "" });
  expect(existsSync(inFolder("half.html"))).toBe(false);
});
