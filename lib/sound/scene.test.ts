import fc from "fast-check";
import { expect, test } from "vitest";
import { atRest, COLUMNS, directions, goOn, obey, ROWS, sceneWords } from "./scene.ts";

test("a direction is one place, go and stop and the lamp are switches", () => {
  expect(obey(atRest, "left")).toEqual({ ...atRest, x: 3, facing: "left" });
  expect(obey(atRest, "up")).toEqual({ ...atRest, y: 1, facing: "up" });
  expect(obey(obey(atRest, "go"), "stop")).toEqual(atRest);
  expect(obey(obey(atRest, "on"), "off")).toEqual(atRest);
  expect(obey(atRest, "yes")).toBe(atRest);
});

test("whatever is said, it stays within its waters, and going never ends", () => {
  const acts = fc.array(fc.constantFrom(...sceneWords, "further"), { maxLength: 60 });
  fc.assert(
    fc.property(acts, (words) => {
      let scene = atRest;
      for (const word of words) {
        const before = scene;
        scene = word === "further" ? goOn(scene) : obey(scene, word);
        if (word === "further") expect([scene.x, scene.y]).not.toEqual([before.x, before.y]);
        expect(scene.x >= 0 && scene.x < COLUMNS && scene.y >= 0 && scene.y < ROWS).toBe(true);
        expect(directions).toContain(scene.facing);
      }
    }),
  );
});
