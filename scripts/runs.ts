/** npm run runs: takes training runs into the app's database, and lists them. */

import { dirname, resolve } from "node:path";
import { NacreError } from "../engine/errors.ts";
import { atConsole, noteDeed } from "../lib/server/accounts/deeds.ts";
import { type Database, openDatabase } from "../lib/server/database.ts";
import { listRuns } from "../lib/server/runs/run-store.ts";
import { runsFolder, takeIn, takeInAll } from "../lib/server/runs/take-in.ts";
import { command, run } from "./command.ts";
import { holdsRun } from "./run.ts";

const repository = dirname(import.meta.dirname);

const program = command("runs", "Takes training runs into the app's database, and lists what is there.", [
  "npm run runs -- import",
  "npm run runs -- import ~/from-the-other-machine/runs",
  "npm run -s runs -- list",
]);

program
  .command("import")
  .description("takes in runs; those that are there already are brought up to date")
  .argument("[folders...]", "runs, or folders of runs (default: runs)")
  .action((folders: readonly string[]) =>
    withDatabase(async ({ client }) => {
      const before = await client.run.count();
      const named = folders.length > 0 ? folders.map((folder) => resolve(folder)) : [runsFolder(repository)];
      for (const folder of named) {
        if (holdsRun(folder)) await takeIn(client, folder);
        else if ((await takeInAll(client, folder)) === 0)
          throw new NacreError(
            "usage",
            `${folder} holds no run. Name a folder that training printed, or one of such folders.`,
          );
      }
      const count = await client.run.count();
      await noteDeed(client, atConsole, "import", named.join(", "));
      console.log(`${count - before} new, ${count} in all.`);
    }),
  );

program
  .command("list")
  .description("one line for each run, the newest first")
  .action(() =>
    withDatabase(async ({ client }) => {
      for (const { id, name, task, network, outcome, bestTop1, started } of await listRuns(client)) {
        const best = bestTop1 === null ? "–" : `${(100 * bestTop1).toFixed(1)} %`;
        console.log([id, started.slice(0, 16), outcome, best, task, network, name].join("\t"));
      }
    }),
  );

await run(program);

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase(repository);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
