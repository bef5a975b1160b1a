import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { filesOf } from "../../engine/release/kinds.ts";
import { type Manifest, parseManifest } from "../../engine/release/manifest.ts";
import { environment } from "./environment.ts";
import { chooseVersion, chosenVersion } from "./served.ts";

/** A task with the release of each of its variants that is served, "standard" first. */
export interface Task {
  readonly task: string;
  readonly releases: readonly Manifest[];
}

/** A release, and how it stands among those of its variant. */
export interface ListedRelease {
  readonly manifest: Manifest;
  readonly isServed: boolean;
}

/** A file of a release, as it lies on the server's disk. */
export interface ReleaseFile {
  readonly path: string;
  readonly bytes: number;
  /** Of the bytes where the manifest states it; undefined for the manifest and the card. */
  readonly sha256: string | undefined;
}

const taskName = /^[a-z0-9][a-z0-9-]*$/;
const versionName = /^[a-z]+-\d+\.\d+\.\d+$/;

/** Where the releases lie. */
function modelsFolder(): string {
  // The folder grows while the app runs and is not part of the build.
  return resolve(/* turbopackIgnore: true */ process.cwd(), environment().NACRE_MODELS);
}

/**
 * All tasks that have a whole release, by name. Reads the disk at every call, so that what was trained a
 * moment ago is there; a release that cannot be read is named on the console and left out.
 */
export async function listTasks(): Promise<readonly Task[]> {
  const names = (await entries(modelsFolder())).filter((name) => taskName.test(name)).sort();
  const tasks = await Promise.all(names.map(findTask));
  return tasks.filter((task) => task !== undefined);
}

/** One task with the releases that are served; undefined where there is none. */
export async function findTask(task: string): Promise<Task | undefined> {
  const releases = (await listReleases(task)).filter(({ isServed }) => isServed);
  return releases.length === 0 ? undefined : { task, releases: releases.map(({ manifest }) => manifest) };
}

/**
 * All releases of a task by variant, "standard" first, and within it the newest first; none for a task that there is
 * not. Of each variant one is served: the one that was chosen, else the newest.
 */
export async function listReleases(task: string): Promise<readonly ListedRelease[]> {
  if (!taskName.test(task)) return [];
  const folder = join(modelsFolder(), task, "releases");
  const versions = (await entries(folder)).filter((name) => versionName.test(name));
  const read = await Promise.all(versions.map((version) => readManifest(task, version)));
  const manifests = read.filter((manifest) => manifest !== undefined);
  manifests.sort((a, b) => byVariant(a, b) || compareVersions(b, a));
  const served = new Map<string, string>();
  for (const { variant } of manifests) {
    if (served.has(variant)) continue;
    const own = manifests.filter((manifest) => manifest.variant === variant).map(({ version }) => version);
    const chosen = await chosenVersion(process.cwd(), task, variant);
    served.set(variant, chosen !== undefined && own.includes(chosen) ? chosen : own[0]!);
  }
  return manifests.map((manifest) => ({
    manifest,
    isServed: served.get(manifest.variant) === manifest.version,
  }));
}

/**
 * Serves a release from the next request on. The newest of its variant is served as that, so that one which is made
 * later takes its place; any other stays until another is chosen. Returns false where there is no such release.
 *
 * @throws NacreError("storage")
 */
export async function serveRelease(task: string, version: string): Promise<boolean> {
  const releases = (await listReleases(task)).map(({ manifest }) => manifest);
  const wanted = releases.find((manifest) => manifest.version === version);
  if (wanted === undefined) return false;
  const newest = releases.find(({ variant }) => variant === wanted.variant)!;
  await chooseVersion(process.cwd(), task, wanted.variant, wanted === newest ? undefined : version);
  return true;
}

/** Where a release that is listed lies. */
export const releaseFolder = ({ task, version }: Pick<Manifest, "task" | "version">): string =>
  join(modelsFolder(), task, "releases", version);

/**
 * A file that may be served: one that the release's manifest lists, the manifest itself, or the model card.
 * Anything else, a path that climbs out of the folder included, is undefined.
 */
export async function findReleaseFile(
  task: string,
  version: string,
  file: string,
): Promise<ReleaseFile | undefined> {
  if (!taskName.test(task) || !versionName.test(version)) return undefined;
  const manifest = await readManifest(task, version);
  if (manifest === undefined) return undefined;
  const listed = filesOf(manifest).find((candidate) => candidate.file === file);
  if (listed === undefined && file !== "manifest.json" && file !== "card.md") return undefined;
  const path = join(modelsFolder(), task, "releases", version, file);
  const found = await stat(path).catch(() => undefined);
  return found && { path, bytes: found.size, sha256: listed?.sha256 };
}

async function readManifest(task: string, version: string): Promise<Manifest | undefined> {
  const path = join(modelsFolder(), task, "releases", version, "manifest.json");
  try {
    const manifest = parseManifest(await readFile(path, "utf8"), path);
    if (manifest.task === task && manifest.version === version) return manifest;
    console.warn(`${path}: names ${manifest.task} ${manifest.version}, but lies elsewhere. Left out.`);
  } catch (error) {
    console.warn(error instanceof Error ? error.message : error);
  }
  return undefined;
}

/** The names in a folder; none where there is no such folder. */
function entries(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function compareVersions(a: Manifest, b: Manifest): number {
  const numbers = ({ version }: Manifest) =>
    version
      .slice(version.indexOf("-") + 1)
      .split(".")
      .map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) if (left[i] !== right[i]) return left[i]! - right[i]!;
  return 0;
}

/** "standard" leads, because it is the one to start with; the others follow by name. */
function byVariant(a: Manifest, b: Manifest): number {
  const rank = (manifest: Manifest) => (manifest.variant === "standard" ? 0 : 1);
  return rank(a) - rank(b) || a.variant.localeCompare(b.variant);
}
