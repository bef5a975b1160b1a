import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { NacreError } from "../../../engine/errors.ts";
import type { Run, StepMetrics } from "../../runs/run.ts";
import { type Asked, asked } from "./asked.ts";
import { commandOf } from "./command.ts";
import { isAlive, type Process } from "./process.ts";

/** A run's folder, read. */
export interface FoundRun extends Run {
  readonly steps: readonly StepMetrics[];
  /** The process that trains, where it still does so on this machine. */
  readonly process: Process | undefined;
}

const at = z.iso.datetime();
const count = z.int().nonnegative();

const machine = z.object({
  host: z.string(),
  processor: z.string(),
  cores: z.number(),
  memory: z.number(),
  system: z.string(),
  node: z.string(),
});

const begin = z.object({
  event: z.literal("begin"),
  at,
  pid: z.int().positive(),
  version: z.string(),
  machine,
  /** The words after "npm run train --". */
  words: z.array(z.string()),
});

const end = z.object({
  event: z.literal("end"),
  at,
  outcome: z.enum(["finished", "stopped", "failed"]),
  reason: z.string().optional(),
});

const speed = z.object({ itemsPerSecond: z.number().optional(), imagesPerSecond: z.number().optional() });

const epoch = speed.extend({
  at,
  epoch: count,
  size: count.optional(),
  loss: z.number(),
  rate: z.number(),
  valTop1: z.number(),
  valMacroF1: z.number(),
  valLoss: z.number(),
  seconds: z.number(),
  peakMemory: z.number(),
  best: z.boolean(),
});

/** The last layer, trained alone on features that were computed once. */
const head = z.object({ type: z.literal("head"), at, valTop1: z.number() });

const step = z.object({
  at,
  epoch: count,
  done: count,
  of: count,
  loss: z.number(),
  rate: z.number(),
  itemsPerSecond: z.number(),
});

/** A run that says nothing for so long is taken for lost even if its process's number is in use, in ms. */
const SILENCE = 6 * 3600_000;
/** … and on another machine, whose processes cannot be seen, after this. */
const SILENCE_ELSEWHERE = 600_000;

/**
 * Reads a run's folder. Lines that are not understood, such as a last one that is being written, are passed over.
 *
 * @throws NacreError("usage") where it holds no run
 */
export async function readRunFolder(path: string): Promise<FoundRun> {
  const folder = resolve(path);
  const { text, told } = await readAsked(folder);
  const lines = await jsonLines(join(folder, "record.jsonl"));
  const begins = lines.flatMap((line) => begin.safeParse(line).data ?? []);
  const ends = lines.flatMap((line) => end.safeParse(line).data ?? []);
  const heads = lines.flatMap((line) => head.safeParse(line).data ?? []);
  const steps = onwards(
    (await jsonLines(join(folder, "steps.jsonl"))).flatMap((line) => step.safeParse(line).data ?? []),
  );
  // An epoch that was trained again after a crash is told twice: the last word counts.
  const byNumber = new Map(
    lines.flatMap((line) => epoch.safeParse(line).data ?? []).map((e) => [e.epoch, e]),
  );
  const epochs = [...byNumber.values()]
    .sort((a, b) => a.epoch - b.epoch)
    .map(({ itemsPerSecond, imagesPerSecond, size, ...rest }) => ({
      ...rest,
      size: size ?? null,
      itemsPerSecond: itemsPerSecond ?? imagesPerSecond ?? 0,
    }));
  const heard = [
    told.started,
    ...[...begins, ...ends, ...heads, ...epochs, ...steps].map((entry) => entry.at),
  ]
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)!;
  const [first, last, ending] = [begins.at(0), begins.at(-1), ends.at(-1)];
  const process = last && { pid: last.pid, host: last.machine.host };
  const over = ending && last && Date.parse(ending.at) >= Date.parse(last.at);
  const silence = Date.now() - Date.parse(heard);
  const running =
    !over &&
    process !== undefined &&
    (process.host === hostname() ? silence < SILENCE && isAlive(process.pid) : silence < SILENCE_ELSEWHERE);
  const outcome = over
    ? ending.outcome
    : running
      ? "running"
      : await withoutAWord(folder, last === undefined, heard);
  const best = epochs.filter((e) => e.best).at(-1);
  return {
    id: createHash("sha256").update(text).digest("hex").slice(0, 16),
    name: basename(folder),
    folder,
    task: told.task,
    network: told.config.network,
    config: told.config,
    data: told.data,
    fingerprint: told.fingerprint,
    init: told.init,
    device: told.device,
    threads: told.threads,
    command: commandOf(told, first?.words),
    version: last?.version ?? null,
    machine: last?.machine ?? null,
    started: told.started,
    heard,
    outcome,
    reason: (over && ending.reason) || null,
    bestEpoch: best?.epoch ?? null,
    bestTop1: best?.valTop1 ?? heads.at(-1)?.valTop1 ?? null,
    itemsPerSecond: median(epochs.map((e) => e.itemsPerSecond)),
    peakMemory: epochs.length > 0 ? Math.round(Math.max(...epochs.map((e) => e.peakMemory))) : null,
    epochs,
    steps,
    process: running ? process : undefined,
  };
}

async function readAsked(folder: string): Promise<{ text: string; told: Asked }> {
  const path = join(folder, "run.json");
  try {
    const text = await readFile(path, "utf8");
    return { text, told: asked.parse(JSON.parse(text)) };
  } catch (cause) {
    throw new NacreError("usage", `${folder} holds no run: ${path} cannot be read or understood.`, { cause });
  }
}

/** The objects in a file of JSON lines; none where there is no file. */
async function jsonLines(path: string): Promise<readonly unknown[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}

/** Without the steps that were made again after a crash. */
function onwards<T extends StepMetrics>(steps: readonly T[]): readonly T[] {
  const kept: T[] = [];
  const isBefore = (a: T, b: T) => a.epoch < b.epoch || (a.epoch === b.epoch && a.done < b.done);
  for (const step of steps) {
    while (kept.length > 0 && !isBefore(kept.at(-1)!, step)) kept.pop();
    kept.push(step);
  }
  return kept;
}

/** How a run ended that does not say: those made before runs said so leave no checkpoints when they are finished. */
async function withoutAWord(
  folder: string,
  old: boolean,
  heard: string,
): Promise<"finished" | "running" | "lost"> {
  if (!old) return "lost";
  const files = await readdir(folder);
  if (!files.some((name) => name.startsWith("checkpoint-"))) return "finished";
  return Date.now() - Date.parse(heard) < 3600_000 ? "running" : "lost";
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
