import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readSafetensors, readSafetensorsMetadata, safetensorsPieces } from "../weights/safetensors.ts";
import type { DenseTensor, Weights } from "./weights.ts";
import { writeWhole } from "./writeWhole.ts";

/** Where a run stands: everything that going on needs, and nothing else. */
export interface Checkpoint {
  /** Every tensor of the training state, by the names that the training step has for them. */
  readonly state: Weights;
  readonly cursor: Cursor;
}

/** The next batch to train on, and what is known so far. */
export interface Cursor {
  readonly epoch: number;
  readonly batch: number;
  /** Sum and count of the losses of the epoch under way. */
  readonly lossSum: number;
  readonly lossCount: number;
  /** The best epoch so far, by the measure on val. */
  readonly best?: { readonly epoch: number; readonly value: number };
}

const NAME = /^checkpoint-(\d{8})\.safetensors$/;
/** How many whole checkpoints are kept: the second is there in case the first cannot be read. */
const KEPT = 2;

/**
 * Writes a checkpoint into `directory`, whole or not at all: under a temporary name, flushed to the disk,
 * then renamed. Older ones but the newest are removed afterwards.
 *
 * @throws NacreError("storage") when it cannot be written; what was there before is still there
 */
export async function saveCheckpoint(directory: string, { state, cursor }: Checkpoint): Promise<void> {
  const existing = await list(directory);
  const number = (existing[0]?.number ?? 0) + 1;
  const pieces = safetensorsPieces(state, { cursor: JSON.stringify(cursor) });
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  const path = join(directory, `checkpoint-${String(number).padStart(8, "0")}.safetensors`);
  await writeWhole(path, [...pieces, hash.digest()]);
  for (const { path: old } of existing.slice(KEPT - 1)) await rm(old, { force: true });
}

/**
 * The newest checkpoint that is whole; undefined where there is none. Broken ones are passed over:
 * each ends in the sha256 of what stands before.
 */
export async function loadCheckpoint(directory: string): Promise<Checkpoint | undefined> {
  for (const { path } of await list(directory)) {
    const bytes = await readWhole(path);
    if (!bytes) continue;
    const state = new Map<string, DenseTensor>();
    for (const [name, tensor] of readSafetensors(bytes, path)) {
      state.set(name, { dims: tensor.dims, data: tensor.float32() });
    }
    return { state, cursor: JSON.parse(readSafetensorsMetadata(bytes, path).cursor!) as Cursor };
  }
  return undefined;
}

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  const file = await readFile(path);
  const body = file.subarray(0, Math.max(0, file.length - 32));
  const digest = createHash("sha256").update(body).digest();
  return file.length > 32 && digest.equals(file.subarray(body.length)) ? body : undefined;
}

async function list(directory: string): Promise<{ number: number; path: string }[]> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  return names
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ number: Number(match[1]), path: join(directory, name) }] : [];
    })
    .sort((a, b) => b.number - a.number);
}
