import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SHAPES, writeShapes } from "../engine/train/shapes.fixture.ts";
import { type Ended, start } from "./program.fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-new-task-"));
const inFolder = (path: string) => join(folder, path);
const newTask = (...args: string[]): Promise<Ended> => start("new-task", args, folder).ended;

beforeAll(async () => {
  await writeShapes(inFolder("data/signs"), 5);
  cpSync(inFolder("data/signs"), inFolder("my signs/train"), { recursive: true });
  await writeShapes(inFolder("my signs/train"), 30, ["stripes"]);
  for (const shape of SHAPES)
    cpSync(inFolder(`data/signs/${shape}`), inFolder(`my signs/Val/${shape}`), { recursive: true });
  renameSync(inFolder("my signs/Val/circle"), inFolder("my signs/Val/Circle"));
  await writeShapes(inFolder("few"), 3);
  mkdirSync(inFolder("empty"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("folders become a task, with what is worth knowing of them", async () => {
  const ended = await newTask("signs", "--title", 'Road "signs"', "--title-zh", "路标");
  expect(ended).toMatchObject({ code: 0, err: "" });
  expect(ended.out).toBe(`         train    val   test
circle       3      1      1
square       3      1      1
stripes      3      1      1
Fewer than 50 pictures to train on: circle, square, stripes. More of them would help most.

Written: models/signs/task.ts. Its names are what people will read: look at them.
Then:    npm run train -- signs
`);
  expect((await import(inFolder("models/signs/task.ts"))).default).toEqual({
    id: "signs",
    title: { en: 'Road "signs"', zh: "路标" },
    classes: SHAPES.map((id) => ({ id, en: id, zh: id })),
    input: { kind: "image", fit: "crop" },
    networks: { standard: "resnet50", light: "mobilenetv2" },
  });
});

test("what may do harm is told", async () => {
  const { code, out } = await newTask("my-signs", "--data", "my signs");
  expect(code).toBe(0);
  expect(out).toContain("The folders Circle and circle are one class.");
  expect(out).toContain("There are 6 times as many pictures of stripes as of Circle.");
  expect(out).toContain("There are no test pictures");
  expect(out).toContain("Then:    npm run train -- my-signs --data 'my signs'\n");
  expect(readFileSync(inFolder("models/my-signs/task.ts"), "utf8")).toContain(
    'title: { en: "My signs", zh: "My signs" }',
  );
});

test.concurrent.each([
  ["a strange name", "Signs", 2, '"Signs" cannot name a task. Use lower-case letters'],
  ["the name of another page", "privacy --data data/signs", 2, "the app has something else at /privacy."],
  [
    "a task that is there",
    "taken --data data/signs",
    2,
    "models/taken/task.ts is there already. Change it by hand",
  ],
  ["too few pictures", "few --data few", 3, "The class circle has too few pictures (3); it needs at least 4"],
  ["no pictures", "empty --data empty", 3, "empty holds no pictures in class folders"],
] as const)("%s is refused", async (_, args, code, message) => {
  if (args.startsWith("taken")) await newTask(...args.split(" "));
  const ended = await newTask(...args.split(" "));
  expect(ended).toMatchObject({ code, out: "", err: expect.stringContaining(message) });
});
