/** A run's folder: what was asked (run.json), what happened (record.jsonl), and the bar while it happens. */

import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageInput } from "../engine/data/image/normalise.ts";
import { NacreError } from "../engine/errors.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import type { TaskClass } from "../engine/task.ts";
import type { TrainingConfig } from "../engine/train/config.ts";
import type { EpochRecord, TrainingEvent } from "../engine/train/train.ts";
import { type Progress, progress } from "./progress.ts";

/** Everything that a run is made of: with the same data it gives the same result. */
export interface RunRecord {
  readonly task: string;
  /** The folder of the pictures, and the sha256 of what it held. */
  readonly data: string;
  readonly fingerprint: string;
  /** Where the first weights came from: a file, a release's folder, or "random". */
  readonly init: string;
  readonly licence: Manifest["licence"];
  readonly classes: readonly TaskClass[];
  readonly fit: ImageInput["fit"];
  readonly config: TrainingConfig;
  /** ISO 8601 */
  readonly started: string;
}

const RECORD = "run.json";

/** Reads a run's folder. Throws NacreError("usage") where there is none. */
export async function readRun(folder: string): Promise<RunRecord> {
  const path = join(folder, RECORD);
  try {
    return JSON.parse(await readFile(path, "utf8")) as RunRecord;
  } catch (cause) {
    throw new NacreError(
      "usage",
      `${folder} holds no run: ${path} cannot be read. Name the folder that training printed.`,
      { cause },
    );
  }
}

/** Shows a run's events: a bar within each epoch, a line for each epoch, and the same as JSON lines in the folder. */
export class RunLog {
  readonly #path: string;
  readonly #epochs: number;
  #bar: Progress | undefined;

  constructor(folder: string, epochs: number) {
    this.#path = join(folder, "record.jsonl");
    this.#epochs = epochs;
  }

  event(event: TrainingEvent): void {
    if (event.type === "resume") {
      console.error(`Going on in epoch ${event.epoch + 1} after ${event.batch} batches.`);
    } else if (event.type === "steps") {
      this.#bar ??= progress(event.of, "batches");
      this.#bar.update(
        event.done,
        `loss ${event.loss.toFixed(3)} · rate ${event.rate.toPrecision(2)} · ${event.imagesPerSecond.toFixed(1)} pictures/s`,
      );
    } else if (event.type === "head") {
      this.end();
      this.#record(event);
      console.error(
        `head · ${event.epochs} epochs · loss ${event.loss.toFixed(3)} · val ${percent(event.valTop1)} · val loss ${event.valLoss.toFixed(3)}`,
      );
    } else {
      this.end();
      this.#record(event.record);
      console.error(line(event.record, this.#epochs));
    }
  }

  /** So many pictures have been turned into features. */
  features(done: number, of: number): void {
    this.#bar ??= progress(of, "pictures");
    this.#bar.update(done, "features");
  }

  #record(entry: object): void {
    appendFileSync(this.#path, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
  }

  /** Takes the bar off the screen. */
  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const line = (r: EpochRecord, epochs: number): string =>
  [
    `epoch ${r.epoch + 1}/${epochs}`,
    `${r.size} px`,
    `loss ${r.loss.toFixed(3)}`,
    `val ${percent(r.valTop1)}${r.best ? " (best)" : ""}`,
    `val loss ${r.valLoss.toFixed(3)}`,
    `${r.imagesPerSecond.toFixed(1)} pictures/s`,
    `waited ${percent(r.waitShare)}`,
    `${r.peakMemory} MB`,
  ].join(" · ");
