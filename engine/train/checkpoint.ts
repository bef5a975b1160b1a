import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { NacreError } from "../errors.ts";
import { readSafetensors, readSafetensorsMetadata, safetensorsPieces } from "../weights/safetensors.ts";
import type { TrainingConfig } from "./config.ts";
import type { DenseTensor, Weights } from "./weights.ts";
import { writeWhole } from "./writeWhole.ts";

/** Where a run stands: everything that going on needs, and nothing else. */
export interface Checkpoint extends RunIdentity {
  /** Every tensor of the training session, by the names that the training step has for them. */
  readonly state: Weights;
  readonly cursor: Cursor;
}

/** What a run is of. All that is random in it follows from the configuration's seed and the cursor. */
export interface RunIdentity {
  readonly config: TrainingConfig;
  /** Of the pictures. */
  readonly fingerprint: string;
}

/** The next batch to train on, and what is known so far. */
export interface Cursor {
  readonly epoch: number;
  /** The number of batches when the epoch is trained but not yet measured. */
  readonly batch: number;
  /** Sum and count of the losses of the epoch under way, and its last learning rate. */
  readonly lossSum: number;
  readonly lossCount: number;
  readonly rate: number;
  /** The best epoch so far and how it fared on val. */
  readonly best?: { readonly epoch: number; readonly top1: number; readonly loss: number };
}

const NAME = /^checkpoint-(\d{8})\.safetensors$/;
/** How many checkpoints are kept: the second is there in case the first cannot be read. */
const KEPT = 2;

/**
 * Writes a checkpoint into `directory`, whole or not at all: under a temporary name, flushed to the disk,
 * then renamed. Older ones but the newest are removed afterwards.
 *
 * @throws NacreError("storage") when it cannot be written; what was there before is still there
 */
export async function saveCheckpoint(directory: string, checkpoint: Checkpoint): Promise<void> {
  const { state, cursor, config, fingerprint } = checkpoint;
  const existing = await list(directory);
  const number = (existing[0]?.number ?? 0) + 1;
  const pieces = safetensorsPieces(state, {
    cursor: JSON.stringify(cursor),
    config: JSON.stringify(config),
    fingerprint,
  });
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  const path = join(directory, `checkpoint-${String(number).padStart(8, "0")}.safetensors`);
  await writeWhole(path, [...pieces, hash.digest()]);
  for (const { path: old } of existing.slice(KEPT - 1)) await rm(old, { force: true });
}

/**
 * The newest checkpoint that is whole; undefined where there is none. Each ends in the sha256 of what stands
 * before; those in which it does not fit are passed over.
 *
 * @param onDamaged told of each that is passed over
 */
export async function loadCheckpoint(
  directory: string,
  onDamaged: (path: string) => void = () => {},
): Promise<Checkpoint | undefined> {
  for (const { path } of await list(directory)) {
    const bytes = await readWhole(path);
    if (bytes) return decode(bytes, path);
    onDamaged(path);
  }
  return undefined;
}

function decode(bytes: Uint8Array, path: string): Checkpoint {
  const state = new Map<string, DenseTensor>();
  for (const [name, tensor] of readSafetensors(bytes, path)) {
    state.set(name, { dims: tensor.dims, data: tensor.float32() });
  }
  const { cursor, config, fingerprint } = readSafetensorsMetadata(bytes, path);
  return {
    state,
    cursor: JSON.parse(cursor!) as Cursor,
    config: JSON.parse(config!) as TrainingConfig,
    fingerprint: fingerprint!,
  };
}

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  const file = await readFile(path).catch(() => Buffer.alloc(0));
  const body = file.subarray(0, Math.max(0, file.length - 32));
  const digest = createHash("sha256").update(body).digest();
  return file.length > 32 && digest.equals(file.subarray(body.length)) ? body : undefined;
}

/** The checkpoints of a folder, which is made if need be, newest first. */
async function list(directory: string): Promise<{ number: number; path: string }[]> {
  let names: string[];
  try {
    await mkdir(directory, { recursive: true });
    names = await readdir(directory);
  } catch (cause) {
    throw new NacreError(
      "storage",
      `The folder ${directory} cannot be made or read; check its path and permissions.`,
      { cause },
    );
  }
  return names
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ number: Number(match[1]), path: join(directory, name) }] : [];
    })
    .sort((a, b) => b.number - a.number);
}
