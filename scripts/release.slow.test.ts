import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newWeights, tinyConfig, writeShapes } from "../engine/train/shapes.fixture.ts";
import type { Weights } from "../engine/train/weights.ts";
import { writeWeights } from "../engine/train/weightsFile.ts";
import { start } from "./program.fixture.ts";

// From runs to releases, as a person makes them.

const folder = mkdtempSync(join(tmpdir(), "nacre-releasing-"));
const inFolder = (path: string) => join(folder, path);

/** Weights that call every picture the same. */
function always(label: number): Weights {
  const weights = new Map(newWeights("mobilenetv2"));
  const [name, bias] = [...weights].find(([name, { dims }]) => name.endsWith("bias") && dims.join() === "3")!;
  return weights.set(name, { ...bias, data: Float32Array.from([0, 1, 2], (c) => (c === label ? 50 : 0)) });
}

beforeAll(async () => {
  vi.stubEnv("NACRE_DATA", inFolder("app-data"));
  // Most of the test are circles.
  for (const [split, count] of Object.entries({ train: 8, val: 4, test: 1 }))
    await writeShapes(inFolder(`data/shapes/${split}`), count);
  await writeShapes(inFolder("data/shapes/test"), 6, ["circle"]);
  await writeWeights(inFolder("start.safetensors"), newWeights("mobilenetv2"));
  const config = { ...tinyConfig, sizes: [{ epochs: 1, size: 32 }], network: undefined, seed: undefined };
  writeFileSync(inFolder("tiny.json"), JSON.stringify(config));
  mkdirSync(inFolder("models"));
  const tiny = ["--network", "mobilenetv2", "--config", "tiny.json", "--threads", "1", "--no-release"];
  const trained = await start(
    "train",
    ["shapes", "--init", "start.safetensors", ...tiny, "--out", "good"],
    folder,
  ).ended;
  expect(trained).toMatchObject({ code: 0 });
  for (const run of ["bad", "learned", "elsewhere"])
    cpSync(inFolder("good"), inFolder(run), { recursive: true });
  const record = JSON.parse(readFileSync(inFolder("elsewhere/run.json"), "utf8"));
  writeFileSync(inFolder("elsewhere/run.json"), JSON.stringify({ ...record, data: "/elsewhere" }));
  await writeWeights(inFolder("good/best.safetensors"), always(0));
  await writeWeights(inFolder("bad/best.safetensors"), always(1));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const release = (...args: string[]) => start("release", args, folder).ended;
const versions = () => readdirSync(inFolder("models/shapes/releases")).sort();

test("a run is released, also blended, larger, with another or recalling, one that is worse is not unless it shall be, and changed data are noticed", async () => {
  const first = await release("good");
  expect(first).toMatchObject({ code: 0, out: `${inFolder("models/shapes/releases/light-1.0.0")}\n` });
  const refused = await release("bad");
  expect(refused.err).toMatch(
    /light-1\.1\.0 is worse than light-1\.0\.0, which is served: right on .* against /,
  );
  expect([refused.code, refused.out, versions()]).toEqual([2, "", ["light-1.0.0"]]);
  const again = await release("good");
  expect(again.err).toContain("No worse than light-1.0.0, which was served");
  expect(await release("bad", "--even-if-worse")).toMatchObject({ code: 0 });
  expect(versions()).toEqual(["light-1.0.0", "light-1.1.0", "light-1.2.0"]);
  expect(await release("nowhere")).toMatchObject({ code: 2, err: expect.stringContaining("holds no run") });
  const blended = await release("good", "--blend", "start.safetensors", "--size", "64", "--even-if-worse");
  expect(blended).toMatchObject({ code: 0, err: expect.stringMatching(/blending in .*start\.safetensors/) });
  expect(blended.err).toMatch(/Loss on val: \d.* nats at 0, .* nats at 0\.6; taken: 0/);
  const manifest = JSON.parse(readFileSync(join(blended.out.trim(), "manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ version: "light-1.3.0", input: { size: 64 } });
  const ensemble = await release("good", "--ensemble", "learned", "--even-if-worse");
  expect(ensemble).toMatchObject({ code: 0 });
  const { network, ensemble: second } = JSON.parse(
    readFileSync(join(ensemble.out.trim(), "manifest.json"), "utf8"),
  );
  expect([network, second]).toEqual([
    "mobilenetv2",
    { network: "mobilenetv2", share: expect.closeTo(0.3, 0.25) },
  ]);
  expect(readFileSync(join(ensemble.out.trim(), "card.md"), "utf8")).toContain("mobilenetv2 + mobilenetv2");
  expect(await release("good", "--ensemble", "elsewhere")).toMatchObject({
    code: 2,
    err: expect.stringContaining("was trained on other data"),
  });
  const recalling = await release("good", "--ensemble", "learned", "--recall", "0.5", "--even-if-worse");
  expect(recalling).toMatchObject({ code: 0 });
  const { recall } = JSON.parse(readFileSync(join(recalling.out.trim(), "manifest.json"), "utf8"));
  expect(recall).toEqual({ weight: 0.5 });
  expect(await release("good", "--recall", "none")).toMatchObject({
    code: 2,
    err: expect.stringContaining("a number above 0 and up to 10"),
  });
  rmSync(inFolder("start.safetensors"));
  expect(await release("good", "--recall", "1")).toMatchObject({
    code: 4,
    err: expect.stringContaining("start.safetensors cannot be read"),
  });
  expect(await release("good", "--size", "50")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Try 64."),
  });
  rmSync(inFolder("data/shapes/train/circle/0.png"));
  expect(await release("good")).toMatchObject({
    code: 3,
    err: expect.stringContaining("has changed since the run"),
  });
});
