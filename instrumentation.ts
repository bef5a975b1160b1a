/**
 * Next calls this once, when the server starts: the database is made or brought up to date, and the owner's token is
 * there to be read, before anybody asks.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { appDatabase } = await import("./lib/server/app-database.ts");
  const { noteAddresses } = await import("./lib/server/peer-address.ts");
  noteAddresses();
  const { ownerToken } = await import("./lib/server/owner.ts");
  for (const prepare of [appDatabase, () => ownerToken(process.cwd())]) {
    // Visitors are answered without either; the pages that need them say so.
    await prepare().catch((error) => console.error(error instanceof Error ? error.message : error));
  }
}
