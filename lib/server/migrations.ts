import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { NacreError } from "../../engine/errors.ts";
import { type ConnectionFactory, schemaEngine } from "./schema-engine.ts";

/** A database that can be brought up to date. */
export interface Migratable {
  /** Which folder of prisma/migrations/ is meant for it. */
  readonly kind: "sqlite" | "postgres";
  /** What a person calls it: a file, or a server. */
  readonly place: string;
  /** Opens one connection, so that a migration's BEGIN and COMMIT mean all that is between them. */
  readonly factory: () => ConnectionFactory;
  /** Lets one process at a time migrate; undone by what it resolves to, and by the death of the process. */
  readonly lock: () => Promise<() => Promise<void>>;
}

/** Where migrations are recorded, by Prisma's name. */
const RECORD = "_prisma_migrations";

interface Recorded {
  readonly name: string;
  readonly finished: boolean;
}

/**
 * Applies the migrations under `folder`/<kind>/ that the database does not have yet, and records them in it. Each is
 * one transaction: what fails or is killed half-way leaves nothing behind and is tried again at the next start.
 *
 * @param root the repository's root folder
 * @param folder that of the migrations, unless it is prisma/migrations
 * @returns the names of those that were applied
 * @throws NacreError("storage") where one fails, and where the database was made by a newer version
 */
export async function migrate(
  root: string,
  database: Migratable,
  folder = join(root, "prisma", "migrations"),
): Promise<readonly string[]> {
  const { kind, place, factory, lock } = database;
  const base = join(folder, kind);
  const names = (await readdir(base, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => (whenOf(a) < whenOf(b) ? -1 : 1));
  const unlock = await lock();
  try {
    const recorded = await readRecord(kind, factory());
    const newer = recorded.find(({ name, finished }) => finished && !names.includes(name));
    if (newer)
      throw new NacreError(
        "storage",
        `The database ${place} was made by a newer version of Nacre (it has ${newer.name}). Update Nacre, or name another database.`,
      );
    const engine = await schemaEngine(root, factory());
    const files = await Promise.all(names.map((name) => readFile(join(base, name, "migration.sql"), "utf8")));
    // What was begun and not finished is not there: its transaction is gone.
    for (const { name, finished } of recorded)
      if (!finished) await engine.markMigrationRolledBack({ migrationName: name });
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: base,
        lockfile: { path: "migration_lock.toml", content: null },
        shadowDbInitScript: "",
        migrationDirectories: names.map((name, i) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: files[i]! } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (cause) {
    if (cause instanceof NacreError) throw cause;
    throw new NacreError(
      "storage",
      `The database ${place} could not be brought up to date, and is as it was: ${firstLines(cause)}`,
      { cause },
    );
  } finally {
    await unlock();
  }
}

/** What migrations are ordered by: each name begins with a date, and with a time unless that is midnight. */
const whenOf = (name: string): string => `${/^\d*/.exec(name)![0].padEnd(14, "0")} ${name}`;

/** The migrations that a database records and has not taken back; none in a new one. */
async function readRecord(
  kind: Migratable["kind"],
  factory: ConnectionFactory,
): Promise<readonly Recorded[]> {
  const connection = await factory.connect();
  const ask = async (sql: string) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
  try {
    const tables =
      kind === "sqlite"
        ? `SELECT name FROM sqlite_master WHERE name = '${RECORD}'`
        : `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = '${RECORD}'`;
    if ((await ask(tables)).length === 0) return [];
    const rows = await ask(
      `SELECT migration_name, finished_at FROM ${RECORD} WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    return rows.map(([name, finished]) => ({ name: String(name), finished: finished !== null }));
  } finally {
    await connection.dispose();
  }
}

/** What the engine says, without its trace. */
function firstLines(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split("\n").filter(Boolean).slice(0, 6).join(" ");
}
