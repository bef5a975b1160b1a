import { readFile } from "node:fs/promises";
import { NacreError } from "../errors.ts";
import { readSafetensors, safetensorsPieces } from "../weights/safetensors.ts";
import type { Weights } from "./weights.ts";
import { writeWhole } from "./writeWhole.ts";

/** Writes weights as a safetensors file, whole or not at all. Throws NacreError("storage"). */
export function writeWeights(path: string, weights: Weights): Promise<void> {
  return writeWhole(path, safetensorsPieces(weights));
}

/** Reads weights that `writeWeights` wrote. Throws NacreError("weights") naming the file. */
export async function readWeights(path: string): Promise<Weights> {
  const bytes = await readFile(path).catch((cause) => {
    throw new NacreError("weights", `${path} cannot be read; check that it is there.`, { cause });
  });
  const stored = readSafetensors(bytes, path);
  return new Map([...stored].map(([name, tensor]) => [name, { dims: tensor.dims, data: tensor.float32() }]));
}
