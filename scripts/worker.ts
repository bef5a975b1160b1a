/** npm run worker: trains what was asked for on the pages, on this machine. */

import { dirname } from "node:path";
import { NacreError } from "../engine/errors.ts";
import { openDatabase } from "../lib/server/database.ts";
import { environment } from "../lib/server/environment.ts";
import { BossQueue, SILENCE } from "../lib/server/jobs/boss-queue.ts";
import { work } from "../lib/server/jobs/work.ts";
import { command, run, wholeNumber } from "./command.ts";
import { stoppable } from "./stopping.ts";

interface Options {
  readonly silence: number;
}

const repository = dirname(import.meta.dirname);

const program = command(
  "worker",
  "Trains what was asked for on the pages, one run after another, until Ctrl-C. Needs a PostgreSQL database (DATABASE_URL); as many as you like may work, on as many machines.",
  [
    "DATABASE_URL=postgresql://nacre:password@db.example/nacre npm run worker",
    "NACRE_RUNS=/shared/runs NACRE_DATA=/shared/nacre npm run worker -- --silence 300",
  ],
)
  .option(
    "--silence <seconds>",
    "a worker that says nothing for so long has lost its run to another one",
    wholeNumber(4),
    SILENCE,
  )
  .addHelpText(
    "after",
    "\nCtrl-C stops the run after a checkpoint and gives it back: another worker goes on with it. Where the runs' folder (NACRE_RUNS) is shared, it does so from the checkpoint.",
  )
  .action(main);

await run(program);

async function main({ silence }: Options): Promise<void> {
  const url = environment().DATABASE_URL;
  if (!url)
    throw new NacreError(
      "usage",
      "There is no work for workers here: with the embedded database the app trains by itself. Set DATABASE_URL to that of a PostgreSQL database, for the app and for every worker.",
    );
  const { client, close } = await openDatabase(repository);
  try {
    const queue = await BossQueue.open(url, client, silence);
    try {
      await stoppable(async (signal) => {
        const report = (line: string) => console.error(line);
        report("Waiting for something to train. Ctrl-C ends this.");
        await work({ client, queue, root: repository, signal, bound: true, report });
      });
    } finally {
      await queue.close();
    }
  } finally {
    await close();
  }
}
