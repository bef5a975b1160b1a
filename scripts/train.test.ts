import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeShapes } from "../engine/train/shapes.fixture.ts";
import { writeSafetensors } from "../engine/weights/safetensors.ts";
import { start } from "./program.fixture.ts";

// What cannot be trained is said in one line, before anything is written.

const folder = mkdtempSync(join(tmpdir(), "nacre-train-"));

beforeAll(async () => {
  await writeShapes(join(folder, "data/shapes"), 5);
  await writeShapes(join(folder, "one"), 5, ["circle"]);
  await writeShapes(join(folder, "few"), 3);
  mkdirSync(join(folder, "words/yes"), { recursive: true });
  writeFileSync(join(folder, "words/yes/1.wav"), "");
  mkdirSync(join(folder, "run"));
  writeFileSync(join(folder, "run/run.json"), JSON.stringify({ task: "shapes" }));
  writeFileSync(join(folder, "garbage.safetensors"), "no weights at all");
  const tensor = { dims: [2], data: Float32Array.of(1, 2) };
  writeFileSync(join(folder, "other.safetensors"), writeSafetensors(new Map([["conv1.weight", tensor]])));
  writeFileSync(join(folder, "other.json"), '{"rate": 1}');
  writeFileSync(join(folder, "list.json"), "[]");
  await writeShapes(join(folder, "strange"), 1, ["circle"]);
  renameSync(join(folder, "strange/circle"), join(folder, "strange/triangle"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const refused: readonly [string, string, number, string][] = [
  ["a strange name", "Birds", 2, '"Birds" cannot name a task. Use lower-case letters'],
  ["an unknown network", "shapes --network vgg", 2, "Allowed choices are resnet18, resnet34, resnet50, mobilenetv2"],
  ["another device", "shapes --device cuda", 7, "cannot compute on cuda on this machine ("],
  ["other settings for a run", "shapes --resume run --epochs 3", 2, "cannot be used with option '--epochs <n>'"],
  ["no run to go on with", "shapes --resume nowhere", 2, "nowhere holds no run"],
  ["another task's run", "birds --resume run", 2, "run is a run of the task shapes"],
  ["a folder with a run", "shapes --out run", 2, "holds a run already. Go on with it by --resume run"],
  ["a folder that is not there", "birds", 3, "data/birds does not exist; check the path."],
  ["a file as a folder", "shapes --data list.json", 3, "list.json is a file; give the folder that holds the class folders"],
  ["one class", "shapes --data one", 3, "one holds one class only, circle; a classifier needs pictures of at least two."],
  ["too few pictures", "shapes --data few", 3, "The class circle has too few pictures (3); it needs at least 4"],
  ["corrections that are not there", "shapes --with-corrections nowhere", 3, "nowhere does not exist; check the path."],
  ["corrections of another task", "shapes --with-corrections strange", 3, "strange/triangle: the model has no class triangle"],
  ["no pictures of other things", "shapes --strangers run", 3, "run holds no pictures. Name a folder with pictures of other things."],
  ["other things for a head alone", "shapes --strangers one --freeze backbone", 2, "A head alone learns nothing of --strangers. Leave out --freeze backbone."],
  ["other things beside words", "words --data words --strangers one", 2, "--strangers are pictures. Leave it out for recordings and texts."],
  ["no release", "shapes", 2, "No release under models/ has the network resnet50 to start from."],
  ["corrupt weights", "shapes --init garbage.safetensors", 4, "garbage.safetensors is not a sound safetensors file"],
  ["weights of another shape", "shapes --init other.safetensors", 4, '"conv1.weight" is [2], wanted [64,3,7,7]. Is the file of another network?'],
  ["weights of another network", "shapes --init other.safetensors --network mobilenetv2", 4, '"features.0.0.weight" is missing. Is'],
  ["an unknown setting", "shapes --config other.json", 2, 'other.json: Unrecognized key: "rate".'],
  ["settings that are no object", "shapes --config list.json", 2, 'list.json should hold one JSON object, such as {"patience": 3}.'],
]; // biome-ignore format: a table

test.concurrent.each(refused)("%s", async (_, args, code, message) => {
  const ended = await start("train", args.split(" "), folder).ended;
  expect(ended).toMatchObject({ code, out: "", err: expect.stringContaining(message) });
});
