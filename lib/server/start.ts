import { prepareSetup } from "./accounts/owner.ts";
import { appDatabase } from "./app-database.ts";
import { sweepInbox } from "./corrections/sweep.ts";
import type { Client } from "./database.ts";
import { environment } from "./environment.ts";
import { appJobs } from "./jobs/app-jobs.ts";
import { noteAddresses } from "./peer-address.ts";
import { sweepUploads } from "./uploads/sweep.ts";

/**
 * What the server does before it answers anybody: reads its settings, makes the database or brings it up to date,
 * prints the setup code where nobody has set a password, clears away what nobody needs any more, and finds again what
 * was being trained. With wrong settings it ends (exit code 2, as the command line's programs); without a database
 * visitors are still answered, and the pages that need it say so.
 */
export async function start(): Promise<void> {
  try {
    environment();
  } catch (error) {
    console.error(sentenceOf(error));
    process.exit(2);
  }
  noteAddresses();
  try {
    const { client } = await appDatabase();
    const code = await prepareSetup(client, environment().NACRE_SETUP_CODE);
    // To stderr, as all that a person should see of the server.
    if (code !== undefined)
      console.error(
        `This server has no owner yet. Open /account and set a password with the setup code ${code}`,
      );
    await sweep(client);
    await appJobs();
  } catch (error) {
    console.error(sentenceOf(error));
  }
}

/** What cannot be cleared away is left for the next start. */
async function sweep(client: Client): Promise<void> {
  for (const one of [sweepUploads, sweepInbox])
    await one(process.cwd(), client).catch((error) => console.error(sentenceOf(error)));
}

const sentenceOf = (error: unknown): unknown => (error instanceof Error ? error.message : error);
