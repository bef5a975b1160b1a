import { type Database, openDatabase } from "./database.ts";

// Next compiles pages, routes and what runs at the start apart from each other: they meet in the process.
const shared = globalThis as { nacreDatabase?: Promise<Database> };

/** The app's database, opened when it is first asked for. After a failure the next caller tries again. */
export function appDatabase(): Promise<Database> {
  if (shared.nacreDatabase === undefined) {
    const opening = openDatabase(process.cwd());
    shared.nacreDatabase = opening;
    opening.catch(() => {
      shared.nacreDatabase = undefined;
    });
  }
  return shared.nacreDatabase;
}
