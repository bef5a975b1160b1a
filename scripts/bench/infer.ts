/** How fast releases answer: in Node, in a browser beside TensorFlow.js with the same weights, on the app's page. */

import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NacreError } from "../../engine/errors.ts";
import { largestDifference } from "../../engine/release/golden.ts";
import { takes } from "../../engine/release/kinds.ts";
import { readManifest } from "../../engine/release/load.ts";
import { build, built } from "../build.mjs";
import { serveApp } from "../serve-app.ts";
import { findRelease, listTasks, modelsFolder } from "../tasks.ts";
import { timeInBrowser } from "./infer-browser.ts";
import { timeInNode } from "./infer-node.ts";
import { timeOnPage } from "./infer-page.ts";
import { type InferenceRecord, inferenceRecord, type ReleaseRecord, releaseRecord } from "./infer-record.ts";

export interface InferBenchOptions {
  /** Whose releases; those of all tasks by default. */
  readonly task?: string;
  /** When to be done: each release gets its share, but two counted blocks a side in any case. */
  readonly minutes: number;
  /** Told what is going on: which release, and how many of at most so many rounds in the browser are done. */
  readonly report?: (stage: string, done: number, of: number) => void;
}

/** Counted blocks of each way to run a release. */
const nodeRounds = [2, 7] as const;
const browserRounds = [2, 15] as const;
/** Largest difference between TensorFlow.js' logits and ours, both in float32, as a share of the largest logit. */
const tolerance = 1e-3;

/**
 * Measures all releases of a task, or of all tasks. Builds the app first where that is not done. Throws
 * NacreError("usage") where there are no releases.
 */
export async function benchInfer({
  task,
  minutes,
  report = () => {},
}: InferBenchOptions): Promise<InferenceRecord> {
  const folders = await releaseFolders(task);
  if (!built() && !build(process.stderr.fd)) throw new Error("The app could not be built.");
  const until = performance.now() + minutes * 60_000;
  const photos = await mkdtemp(join(tmpdir(), "nacre-bench-"));
  const app = await serveApp(modelsFolder());
  const records: ReleaseRecord[] = [];
  try {
    for (const [i, folder] of folders.entries()) {
      const manifest = await readManifest(folder);
      if (!takes(manifest, "image")) continue;
      const stage = `${manifest.task} ${manifest.version}`;
      report(stage, 0, browserRounds[1]);
      const share = (until - performance.now()) / (folders.length - i);
      const limits = { until: performance.now() + share, rounds: browserRounds };
      const node = await timeInNode(folder, nodeRounds);
      // The app offers one release of each variant only.
      const offered = (await findRelease(manifest.task, manifest.variant)) === folder;
      const page = offered ? await timeOnPage(app.url, manifest, photos) : undefined;
      const browser = await timeInBrowser(folder, limits, (done) => report(stage, done, browserRounds[1]));
      if (browser) {
        const floats = node.find(({ graph }) => graph === "webgpu")!.logits;
        checkAnswers(floats, browser.tfjsLogits, stage);
      }
      records.push(releaseRecord(manifest, node, browser, page));
    }
  } finally {
    await app.stop();
    await rm(photos, { recursive: true });
  }
  const complete = records.every(({ browser }) => browser !== null);
  return inferenceRecord(
    records,
    complete
      ? []
      : [
          "There is no browser to measure in. Install Chromium (Debian: chromium) or set CHROMIUM_PATH to one.",
        ],
  );
}

/** Each folder models/<task>/releases/<version> with a manifest. */
async function releaseFolders(only: string | undefined): Promise<string[]> {
  const tasks = only === undefined ? await listTasks() : [only];
  const folders: string[] = [];
  for (const task of tasks) {
    const releases = join(modelsFolder(), task, "releases");
    const versions = (await readdir(releases).catch(() => [])).filter((name) => !name.startsWith(".")).sort();
    folders.push(...versions.map((version) => join(releases, version)));
  }
  const present = folders.filter((folder) => existsSync(join(folder, "manifest.json")));
  if (present.length > 0) return present;
  throw new NacreError(
    "usage",
    `There is no release ${only === undefined ? "" : `of the task ${only} `}to measure. Train one first.`,
  );
}

/** TensorFlow.js must do our work, or the comparison is none. */
function checkAnswers(ours: Float32Array, theirs: readonly number[], stage: string): void {
  const scale = Math.max(...ours.map(Math.abs));
  const difference = largestDifference(theirs, ours);
  if (difference > tolerance * scale)
    throw new Error(`TensorFlow.js' logits for ${stage} differ by ${difference} where ours reach ${scale}.`);
}
