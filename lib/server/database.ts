import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaPg } from "@prisma/adapter-pg";
import { storageError } from "../../engine/train/writeWhole.ts";
import { PrismaClient as PostgresClient } from "../../prisma/generated/postgres/client.ts";
import { PrismaClient } from "../../prisma/generated/sqlite/client.ts";
import { dataFolder } from "./data-folder.ts";
import { environment } from "./environment.ts";
import { type Migratable, migrate } from "./migrations.ts";

export type Client = PrismaClient;

/** An open database, up to date. */
export interface Database {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/** How long a process waits for another one that is writing, in ms. */
const PATIENCE = 10_000;

/** The lock that migrating processes take on a PostgreSQL server: any number that nobody else uses. */
const ADVISORY_LOCK = 710_251_114;

/**
 * Opens the database, made where there is none and brought up to date: PostgreSQL where DATABASE_URL says so, else a
 * file in the data folder.
 *
 * @param root the repository's root folder
 * @throws NacreError("usage") for settings that are wrong, ("storage") where it cannot be opened or migrated
 */
export async function openDatabase(root: string): Promise<Database> {
  const url = environment().DATABASE_URL;
  const described = url ? postgres(url) : await sqlite(join(dataFolder(root), "nacre.db"));
  await migrate(root, described);
  const client = described.client();
  return { client, close: () => client.$disconnect() };
}

/** A database that may not have been made yet. */
export interface Described extends Migratable {
  readonly client: () => Client;
}

/** SQLite in a file. Makes its folder; throws NacreError("storage") where that is not possible. */
export async function sqlite(file: string): Promise<Described> {
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 }).catch((cause) => {
    throw storageError(file, cause);
  });
  const config = { url: `file:${file}`, timeout: PATIENCE };
  const factory = () => new PrismaLibSql(config);
  return {
    kind: "sqlite",
    place: file,
    factory,
    client: () => new PrismaClient({ adapter: factory() }),
    async lock() {
      // SQLite's own lock, on a file beside: the system lifts it when the process ends, however that happens.
      const connection = await new PrismaLibSql({ ...config, url: `file:${file}.lock` })
        .connect()
        .catch((cause) => {
          throw storageError(file, cause);
        });
      const say = (sql: string) => connection.executeRaw({ sql, args: [], argTypes: [] });
      await say("BEGIN IMMEDIATE");
      return async () => {
        await say("ROLLBACK");
        await connection.dispose();
      };
    },
  };
}

/** A PostgreSQL server's database. */
export function postgres(url: string): Described {
  const { host, pathname } = new URL(url);
  const factory = () => new PrismaPg({ connectionString: url, max: 1 });
  return {
    kind: "postgres",
    place: `${host}${pathname}`, // without the password
    factory,
    // Both clients are made from one schema and differ in the name of the provider alone.
    client: () =>
      new PostgresClient({ adapter: new PrismaPg({ connectionString: url }) }) as unknown as PrismaClient,
    async lock() {
      const connection = await factory().connect();
      const transaction = await connection.startTransaction();
      const sql = `SELECT 1 FROM (SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})) AS taken`;
      await transaction.queryRaw({ sql, args: [], argTypes: [] });
      return async () => {
        await transaction.rollback();
        await connection.dispose();
      };
    },
  };
}
