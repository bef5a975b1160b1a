import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { NacreError } from "../../../engine/errors.ts";
import { storageError } from "../../../engine/train/writeWhole.ts";
import type { Outlook } from "../../runs/job.ts";
import type { Client } from "../database.ts";
import { quoted } from "../runs/command.ts";
import { runsFolder } from "../runs/take-in.ts";
import { addJob } from "./job-store.ts";
import { lastSentence, programEnvironment, programWords } from "./program.ts";
import type { Queue } from "./queue.ts";
import { dataOf, folderFor, type Wishes, wordsFor } from "./wishes.ts";

/** What scripts/train.ts prints when it is only to look. */
const looked = z.object({
  kind: z.string(),
  network: z.string(),
  isNew: z.boolean(),
  epochs: z.number(),
  summary: z.string(),
  init: z.string(),
});

/**
 * What a training would be, by training itself, and nothing is written.
 *
 * @throws NacreError("input") with the sentence that training would end with
 */
export async function lookAhead(root: string, wanted: Wishes): Promise<Outlook> {
  const words = wordsFor(root, wanted);
  const found = looked.parse(JSON.parse(await say(root, "train", [wanted.task, ...words, "--check"])));
  const line = (script: string, ...more: readonly string[]) =>
    [`npm run ${script} --`, ...[wanted.task, ...more].map(quoted)].join(" ");
  const commands = [line("train", ...words, "--no-release")];
  if (describes(found)) commands.unshift(line("new-task", "--data", dataOf(words)));
  return { ...found, commands };
}

/**
 * Puts a training at the end of the queue. A new task of pictures is described first, as `npm run new-task` does.
 *
 * @returns the job's id
 * @throws NacreError("input") where training would refuse it, ("storage")
 */
export async function askForTraining(
  root: string,
  client: Client,
  queue: Queue,
  wanted: Wishes,
): Promise<string> {
  const { task } = wanted;
  const found = await lookAhead(root, wanted);
  const words = wordsFor(root, wanted);
  if (describes(found)) await say(root, "new-task", [task, "--data", dataOf(words)]);
  const folder = await newFolder(runsFolder(root), task, found.network);
  const id = await addJob(client, { kind: "train", task, words, folder });
  await queue.announce(id);
  return id;
}

/** Whether a task of its own is written: only pictures need one, and only once. */
const describes = ({ kind, isNew }: z.infer<typeof looked>): boolean => kind === "image" && isNew;

/** Makes the folder of a new run, so that nobody else takes it. */
async function newFolder(runs: string, task: string, network: string): Promise<string> {
  for (let n = 1; ; n++) {
    const folder = folderFor(runs, task, network, n);
    try {
      await mkdir(dirname(folder), { recursive: true });
      await mkdir(folder);
      return folder;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw storageError(folder, cause);
    }
  }
}

/** What a program prints. Throws NacreError("input") with its last sentence where it fails. */
async function say(root: string, name: string, words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, programWords(name, words), {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: programEnvironment(),
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (piece) => {
    out += piece;
  });
  child.stderr.on("data", (piece) => {
    err += piece;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", reject);
  });
  if (code === 0) return out;
  throw new NacreError("input", lastSentence(err) ?? `npm run ${name} ended without a word. Try it again.`);
}
