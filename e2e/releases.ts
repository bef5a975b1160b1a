import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, PictureManifest } from "../engine/release/manifest.ts";
import { task as fixtureTask } from "./fixture.ts";

/** Where the tests' server finds its releases; it looks anew at every request. */
const folderOf = (task: string, version: string) =>
  join(".nacre", `e2e-models-${process.env.NACRE_E2E_PORT}`, task, "releases", version);

/** Releases the small model of the tests' task under another task's name, with weights of its own. */
export function writeRelease(task: string, version: `light-${string}`): void {
  const folder = folderOf(task, version);
  cpSync(folderOf(fixtureTask, "light-1.0.0"), folder, { recursive: true });
  const weights = readFileSync(join(folder, "weights.bin"));
  weights.write(version, weights.length - version.length); // in the ballast
  writeFileSync(join(folder, "weights.bin"), weights);
  const manifest: PictureManifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const sha256 = createHash("sha256").update(weights).digest("hex");
  const own: PictureManifest = {
    ...manifest,
    task,
    version,
    weights: { ...manifest.weights, sha256 },
    created: new Date().toISOString(),
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(own));
}

/** Takes a release back. */
export const removeRelease = (task: string, version: string): void =>
  rmSync(folderOf(task, version), { recursive: true });

/** Releases the tests' own release of a task once more, under another task's name. */
export function copyRelease(task: string, as: string, version: string): void {
  const folder = folderOf(as, version);
  cpSync(folderOf(task, "standard-1.0.0"), folder, { recursive: true });
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifest, task: as, version }));
}
