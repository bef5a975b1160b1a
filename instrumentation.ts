/** Next calls this once, when the server starts: the database is made or brought up to date before anybody asks. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { appDatabase } = await import("./lib/server/app-database.ts");
  try {
    await appDatabase();
  } catch (error) {
    // Visitors are answered without it; the pages that need it say so.
    console.error(error instanceof Error ? error.message : error);
  }
}
