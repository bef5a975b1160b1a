/**
 * Next calls this once, when the server starts: the database is made or brought up to date, the owner's token is there
 * to be read, and what was being trained is found again, before anybody asks.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { appDatabase } = await import("./lib/server/app-database.ts");
  const { noteAddresses } = await import("./lib/server/peer-address.ts");
  noteAddresses();
  const { ownerToken } = await import("./lib/server/owner.ts");
  const { appJobs } = await import("./lib/server/jobs/app-jobs.ts");
  for (const prepare of [appDatabase, () => ownerToken(process.cwd()), appJobs]) {
    // Visitors are answered without either; the pages that need them say so.
    await prepare().catch((error) => console.error(error instanceof Error ? error.message : error));
  }
}
