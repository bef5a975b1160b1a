/** The registry of tasks: what lies under models/. */

import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { NacreError } from "../engine/errors.ts";
import { readManifest } from "../engine/release/load.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import type { Task } from "../engine/task.ts";
import { storageError } from "../engine/train/writeWhole.ts";
import { environment } from "../lib/server/environment.ts";
import { chosenVersion } from "../lib/server/served.ts";

const repository = dirname(import.meta.dirname);

/** Where tasks and releases lie: models/ of this repository, or the folder that NACRE_MODELS names, as for the app. */
export const modelsFolder = (): string => resolve(repository, environment().NACRE_MODELS);

/** The variant that is meant where none is named. */
const usualVariant = "standard";

/** Throws NacreError("usage") where a name cannot be a task's, which is a folder and the address of a page. */
export function expectTaskName(name: string): void {
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw new NacreError(
      "usage",
      `"${name}" cannot name a task. Use lower-case letters, digits and hyphens, a letter first.`,
    );
  if (["app", "public"].some((folder) => existsSync(join(repository, folder, name))))
    throw new NacreError("usage", `"${name}" cannot name a task: the app has something else at /${name}.`);
}

/** The names of all tasks, sorted: each folder with a task.ts or a release. */
export async function listTasks(): Promise<string[]> {
  const models = modelsFolder();
  const entries = await readdir(models, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => ["task.ts", "releases"].some((part) => existsSync(join(models, name, part))))
    .sort();
}

/** What models/<id>/task.ts says; undefined where the task was trained on somebody's own folders and has none. */
export async function readTask(id: string): Promise<Task | undefined> {
  const path = join(modelsFolder(), id, "task.ts");
  if (!existsSync(path)) return undefined;
  return ((await import(pathToFileURL(path).href)) as { default: Task }).default;
}

/**
 * The folder of the release that `model` means: a folder itself, a version ("light-1.0.0") or a variant
 * ("light"), of which the one that the app serves is taken: the one that was chosen, else the newest.
 *
 * @throws NacreError("usage") naming what there is instead
 */
export async function findRelease(task: string, model: string = usualVariant): Promise<string> {
  if (/[\\/]/.test(model) || existsSync(join(model, "manifest.json"))) return model;
  const tasks = await listTasks();
  if (!tasks.includes(task)) {
    throw new NacreError("usage", `There is no task "${task}". There are: ${tasks.join(", ") || "none"}.`);
  }
  const folder = join(modelsFolder(), task, "releases");
  const versions = (await releaseNames(folder)).filter((name) =>
    existsSync(join(folder, name, "manifest.json")),
  );
  const chosen = await chosenVersion(repository, task, model);
  const version =
    versions.find((name) => name === model || (name === chosen && name.startsWith(`${model}-`))) ??
    versions.findLast((name) => name.startsWith(`${model}-`));
  if (version) return join(folder, version);
  throw new NacreError(
    "usage",
    `The task ${task} has no release "${model}". There are: ${versions.join(", ") || "none yet; train one first"}.`,
  );
}

/** The manifest of a release in a folder. Throws NacreError("usage") where it was made for another task. */
export async function readOwnManifest(task: string, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest.task === task) return manifest;
  throw new NacreError(
    "usage",
    `${folder} is a release of the task ${manifest.task}, not of ${task}. Name the task ${manifest.task}.`,
  );
}

/**
 * The release whose backbone suits a new training best: one of this network, of the same task if there is one,
 * else of the task that tells the most classes apart. Undefined where there is none.
 */
export async function bestBackbone(task: string, network: string): Promise<string | undefined> {
  const candidates: { folder: string; own: boolean; classes: number }[] = [];
  for (const id of await listTasks()) {
    const releases = join(modelsFolder(), id, "releases");
    for (const version of await releaseNames(releases)) {
      const folder = join(releases, version);
      const manifest = await readManifest(folder).catch(() => undefined);
      if (manifest?.network === network)
        candidates.push({ folder, own: id === task, classes: manifest.classes.length });
    }
  }
  return candidates.sort((a, b) => Number(a.own) - Number(b.own) || a.classes - b.classes).at(-1)?.folder;
}

/** What the folder of a release that is not published yet is called before its version; no list shows such names. */
const UNPUBLISHED = ".made-";

/** The next release of a variant, "standard-1.0.0", then "standard-1.1.0", …, and the folder to make it in. */
export async function nextRelease(
  task: string,
  variant: string,
): Promise<{ folder: string; version: string }> {
  const releases = join(modelsFolder(), task, "releases");
  await mkdir(releases, { recursive: true });
  const newest = (await releaseNames(releases)).filter((name) => name.startsWith(`${variant}-`)).at(-1);
  const minor = newest === undefined ? 0 : Number(newest.split("-").at(-1)!.split(".")[1]) + 1;
  const version = `${variant}-1.${minor}.0`;
  const folder = join(releases, UNPUBLISHED + version);
  await rm(folder, { recursive: true, force: true }); // what a process left that was killed
  return { folder, version };
}

/**
 * Lets everybody find a release that was made in the folder that `nextRelease` gave; returns its new folder. Throws
 * NacreError("storage").
 */
export async function publishRelease(made: string): Promise<string> {
  const folder = join(dirname(made), basename(made).slice(UNPUBLISHED.length));
  await rename(made, folder).catch((cause) => {
    throw storageError(folder, cause);
  });
  return folder;
}

/** The versions in a folder of releases, by variant, older ones first. */
const releaseNames = async (releases: string): Promise<string[]> =>
  (await readdir(releases).catch(() => [])).filter((name) => !name.startsWith(".")).sort(byVersion);

/** "light-1.10.0" comes after "light-1.9.0". */
function byVersion(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
