import { expect, type Page } from "@playwright/test";
import { decodeImage } from "../engine/data/image/decode.node.ts";
import { toTensor } from "../engine/data/image/normalise.ts";
import { loadRelease } from "../engine/release/load.ts";
import { softmax } from "../engine/train/calibration.ts";
import { listen } from "./answers.ts";
import type { Scene } from "./scenes.ts";
import { TaskPage } from "./task-page.ts";

/** What computes in a browser: how a page's address asks for it, and the graph that it runs. */
export const devices = {
  "wasm, 1 thread": { search: "?device=wasm&threads=1", graph: "wasm" },
  "wasm, 2 threads": { search: "?device=wasm&threads=2", graph: "wasm" },
  // The processor imitates the graphics card: right, and a hundred times as slow as it computes itself.
  webgpu: { search: "?device=webgpu-software&threads=1", graph: "webgpu" },
} as const;

export type DeviceName = keyof typeof devices;

/** Largest difference of a probability, unless a picture says otherwise. */
const usualTolerance = 0.01;

/** As long as a device that is imitated on a busy machine may take for a model or a picture. */
const patience = 600_000;

/**
 * Hands pictures to a task's page on a device, and expects for each what Node answers with the graph of that
 * device: the same probabilities, the same class on top.
 *
 * @param address of the task's page, without a query
 * @param folder of the release that the page shows
 */
export async function expectSameAnswers(
  page: Page,
  address: string,
  device: DeviceName,
  folder: string,
  files: readonly Scene[],
): Promise<void> {
  const { search, graph } = devices[device];
  const there = await browserAnswers(page, address + search, files);
  expect(there.device).toBe(device);
  const here = await nodeAnswers(folder, graph, files);
  for (const [i, file] of files.entries()) {
    const differences = here[i]!.map((value, label) => Math.abs(value - there.probabilities[i]![label]!));
    expect(Math.max(...differences), file.name).toBeLessThan(file.tolerance ?? usualTolerance);
    expect(top(there.probabilities[i]!), file.name).toBe(top(here[i]!));
  }
}

const top = (probabilities: readonly number[]): number => probabilities.indexOf(Math.max(...probabilities));

async function browserAnswers(page: Page, address: string, files: readonly Scene[]) {
  const told = await listen(page);
  await page.goto(address);
  const view = new TaskPage(page);
  for (const [i, file] of files.entries()) {
    await view.choose(file);
    await expect.poll(async () => (await told()).probabilities.length, { timeout: patience }).toBe(i + 1);
  }
  return told();
}

async function nodeAnswers(folder: string, graph: "wasm" | "webgpu", files: readonly Scene[]) {
  const classifier = await loadRelease(folder, { graph, threads: 1 });
  const { input, temperature } = classifier.manifest;
  const answers: number[][] = [];
  for (const { buffer, name } of files) {
    const tensor = toTensor(await decodeImage(buffer, name), input);
    const { logits } = await classifier.classify(tensor, 1);
    answers.push([...softmax(logits, temperature)]);
  }
  await classifier.dispose();
  return answers;
}
