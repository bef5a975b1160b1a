import { readFile } from "node:fs/promises";
import { readSafetensors, safetensorsPieces } from "../weights/safetensors.ts";
import type { Weights } from "./weights.ts";
import { writeWhole } from "./writeWhole.ts";

/** Writes weights as a safetensors file, whole or not at all. Throws NacreError("storage"). */
export function writeWeights(path: string, weights: Weights): Promise<void> {
  return writeWhole(path, safetensorsPieces(weights));
}

/** Reads weights that `writeWeights` wrote. Throws NacreError("weights"). */
export async function readWeights(path: string): Promise<Weights> {
  const stored = readSafetensors(await readFile(path), path);
  return new Map([...stored].map(([name, tensor]) => [name, { dims: tensor.dims, data: tensor.float32() }]));
}
