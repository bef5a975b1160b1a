import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findClass, type Task } from "../engine/task.ts";

// A folder without task.ts holds what somebody trained on pictures of their own.
const folders = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, "task.ts")),
);

test.each(folders)("%s: its id is its folder's name, and every name means one class", async (folder) => {
  const { default: task }: { default: Task } = await import(`./${folder}/task.ts`);
  expect(task.id).toBe(folder);
  for (const [index, { id, en, zh, aliases = [] }] of task.classes.entries()) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const name of [id, en, zh, ...aliases]) expect(findClass(task.classes, name), name).toBe(index);
  }
});

test.runIf(folders.includes("instruments"))(
  "instruments: the folders of the public sets are understood",
  async () => {
    const { default: task }: { default: Task } = await import("./instruments/task.ts");
    const spellings: Record<string, string> = {
      acordian: "accordion",
      marakas: "maracas",
      saxaphone: "saxophone",
      "bongo drum": "bongo-drum",
      "steel drum": "steel-drum",
      Didgeridoo: "didgeridoo",
    };
    for (const [spelling, id] of Object.entries(spellings)) {
      expect(task.classes[findClass(task.classes, spelling)]?.id).toBe(id);
    }
  },
);
