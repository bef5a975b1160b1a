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

/** How the public picture sets spell what they hold. */
const spellings: Record<string, Record<string, string>> = {
  instruments: {
    acordian: "accordion",
    marakas: "maracas",
    saxaphone: "saxophone",
    "bongo drum": "bongo-drum",
    "steel drum": "steel-drum",
    Didgeridoo: "didgeridoo",
  },
  marine: {
    Clams: "clam",
    Corals: "coral",
    Crabs: "crab",
    "Jelly Fish": "jellyfish",
    Nudibranchs: "nudibranch",
    Puffers: "pufferfish",
    "Sea Rays": "ray",
    "Sea Urchins": "sea-urchin",
    Sharks: "shark",
    Turtle_Tortoise: "turtle",
  },
};

test.each(Object.keys(spellings).filter((task) => folders.includes(task)))(
  "%s: the folders of the public sets are understood",
  async (folder) => {
    const { default: task }: { default: Task } = await import(`./${folder}/task.ts`);
    for (const [spelling, id] of Object.entries(spellings[folder]!)) {
      expect(task.classes[findClass(task.classes, spelling)]?.id).toBe(id);
    }
  },
);
