/** A run's folder: what was asked (run.json), what happened (record.jsonl, steps.jsonl), and the bar while it does. */

import { appendFileSync, existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { NacreError } from "../engine/errors.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import type { Device } from "../engine/runtime/device.ts";
import type { InputKind, TaskClass } from "../engine/task.ts";
import type { TrainingConfig } from "../engine/train/config.ts";
import type { EpochRecord, TrainingEvent } from "../engine/train/run.ts";
import { storageError, writeWhole } from "../engine/train/writeWhole.ts";
import { type Progress, progress } from "./progress.ts";
import { provenance } from "./provenance.ts";
import type { ColumnWishes } from "./text-columns.ts";
import type { Corrections } from "./training/corrections.ts";

/** Everything that a run is made of: with the same data it gives the same result. */
export interface RunRecord extends ColumnWishes {
  readonly task: string;
  /** Of pictures where it is not said. */
  readonly kind?: InputKind;
  /** The folder or file of the data, and the sha256 of those that were used. */
  readonly data: string;
  readonly fingerprint: string;
  /** The doctor's report whose suspects were left out. */
  readonly without?: string;
  /** The corrections that were learnt from beside them; they are part of the fingerprint. */
  readonly corrections?: Required<Corrections>;
  /** The folder of pictures of other things that it learned to be in doubt about; part of the fingerprint, too. */
  readonly strangers?: string;
  /** Where the first weights came from: a file, or a release's folder. */
  readonly init: string;
  readonly licence: Manifest["licence"];
  readonly classes: readonly TaskClass[];
  readonly config: TrainingConfig;
  /** Sums are added up in another order by other numbers of threads, which changes their last bits. */
  readonly threads: number;
  readonly device: Device;
  /** ISO 8601 */
  readonly started: string;
}

const RECORD = "run.json";

/** Whether a folder holds a run. */
export const holdsRun = (folder: string): boolean => existsSync(join(folder, RECORD));

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

/** Begins a run's folder. Throws NacreError("storage"). */
export async function writeRun(folder: string, record: RunRecord): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw storageError(folder, cause);
  });
  await writeWhole(join(folder, RECORD), [`${JSON.stringify(record, null, 2)}\n`]);
}

/** Milliseconds between two lines of steps.jsonl, which somebody may be watching. */
const STEP_EVERY = 10_000;

/**
 * Shows a run's events: a bar within each epoch, a line for each epoch, and the same as JSON lines in the folder,
 * between one that says who trains and one that says how it ended.
 */
export class RunLog {
  readonly #folder: string;
  readonly #epochs: number;
  /** What examples are called, such as "pictures". */
  readonly #unit: string;
  #bar: Progress | undefined;
  /** What the bar counts. */
  #counted = "";
  /** The epoch that goes on, counted from 0, and its batches. */
  #epoch = 0;
  #batches = 0;
  #stepAt = 0;

  constructor(folder: string, { epochs, unit }: { readonly epochs: number; readonly unit: string }) {
    this.#folder = folder;
    this.#epochs = epochs;
    this.#unit = unit;
    this.#record({ event: "begin", ...provenance() });
  }

  /** Throws NacreError("storage") where the record cannot be written. */
  event(event: TrainingEvent): void {
    switch (event.type) {
      case "damaged":
        console.error(`${event.path} is damaged and passed over; going on from the one before it.`);
        break;
      case "resume":
        this.#epoch = event.epoch;
        console.error(`Going on in epoch ${event.epoch + 1} after ${event.batch} batches.`);
        break;
      case "begin":
        this.#batches = event.of;
        this.#count("batches", event.of, event.done);
        break;
      case "steps":
        this.#bar?.update(
          event.done,
          `loss ${event.loss.toFixed(3)} · rate ${event.rate.toPrecision(2)} · ${event.itemsPerSecond.toFixed(1)} ${this.#unit}/s`,
        );
        this.#step(event);
        break;
      case "val":
        this.#count(`${this.#unit} of val`, event.of);
        this.#bar?.update(event.done);
        break;
      case "features":
        this.#count(this.#unit, event.of);
        this.#bar?.update(event.done, "features");
        break;
      case "epoch":
        this.#epoch = event.record.epoch + 1;
        this.#record(event.record);
        console.error(line(event.record, this.#epochs, this.#unit));
        break;
      case "head":
        this.#record(event);
        console.error(
          `head · ${event.epochs} epochs · loss ${event.loss.toFixed(3)} · val ${percent(event.valTop1)} · val loss ${event.valLoss.toFixed(3)}`,
        );
        break;
      case "patience":
        console.error(`Ending early: the last ${event.epochs} epochs were not better on val.`);
        break;
    }
  }

  /** Begins another bar, unless this one is on the screen. */
  #count(unit: string, of: number, before = 0): void {
    if (this.#bar && this.#counted === unit) return;
    this.end();
    this.#bar = progress(of, unit, before);
    this.#counted = unit;
  }

  #record(entry: object): void {
    this.end();
    this.#append("record.jsonl", entry);
  }

  #step({ type: _, ...metrics }: TrainingEvent & { readonly type: "steps" }): void {
    const now = Date.now();
    if (now - this.#stepAt < STEP_EVERY) return;
    this.#stepAt = now;
    this.#append("steps.jsonl", { epoch: this.#epoch, of: this.#batches, ...metrics });
  }

  #append(file: string, entry: object): void {
    const path = join(this.#folder, file);
    try {
      appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
    } catch (cause) {
      throw storageError(path, cause);
    }
  }

  /** Notes that training has come to its end. Throws NacreError("storage"). */
  finished(): void {
    this.#record({ event: "end", outcome: "finished" });
  }

  /** Notes what ended training before its time; never throws, because the disk may be what is wrong. */
  failed(error: unknown): void {
    const outcome = error instanceof NacreError && error.code === "interrupted" ? "stopped" : "failed";
    const reason = error instanceof Error ? error.message : String(error);
    try {
      this.#record({ event: "end", outcome, ...(outcome === "failed" && { reason }) });
    } catch {
      // the error itself is told
    }
  }

  /** Takes the bar off the screen. */
  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const line = (r: EpochRecord, epochs: number, unit: string): string =>
  [
    `epoch ${r.epoch + 1}/${epochs}`,
    ...(r.size > 1 ? [`${r.size} px`] : []),
    `loss ${r.loss.toFixed(3)}`,
    `val ${percent(r.valTop1)}${r.best ? " (best)" : ""}`,
    `val loss ${r.valLoss.toFixed(3)}`,
    `${r.itemsPerSecond.toFixed(1)} ${unit}/s`,
    `waited ${percent(r.waitShare)}`,
    `${r.peakMemory} MB`,
  ].join(" · ");
