import fc from "fast-check";
import { expect, test } from "vitest";
import { findClass } from "../engine/task.ts";
import { classesOf } from "./folder-classes.ts";

test("folders are named in people's words, whatever their script", () => {
  expect(classesOf(["Bald Eagle", "Käse", "bald_eagle", "kase", "向日葵", "牡丹"])).toEqual([
    { id: "bald-eagle", en: "Bald Eagle", zh: "Bald Eagle" },
    { id: "kase-2", en: "Käse", zh: "Käse", aliases: ["Käse"] },
    { id: "kase", en: "kase", zh: "kase" },
    { id: "class", en: "向日葵", zh: "向日葵", aliases: ["向日葵"] },
    { id: "class-2", en: "牡丹", zh: "牡丹", aliases: ["牡丹"] },
  ]);
});

test("a number keeps its sign", () => {
  expect(classesOf(["-1", "0", "1"])).toEqual([
    { id: "minus-1", en: "-1", zh: "-1", aliases: ["-1"] },
    { id: "0", en: "0", zh: "0" },
    { id: "1", en: "1", zh: "1" },
  ]);
});

test("every folder finds its class, even when the names were rewritten", () => {
  const names = fc.uniqueArray(
    fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.stringMatching(/^[aAäé _-]{1,4}$/)),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(names, (folders) => {
      const classes = classesOf(folders);
      const rewritten = classes.map((known, i) => ({ ...known, en: `name ${i}`, zh: `名字 ${i}` }));
      const ids = classes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const folder of folders) {
        const label = findClass(classes, folder);
        expect(label).toBeGreaterThanOrEqual(0);
        expect(findClass(rewritten, folder)).toBe(label);
      }
    }),
  );
});
