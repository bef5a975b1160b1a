/** New databases for tests, of each kind that can be had here. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, type Described, postgres, sqlite } from "./database.ts";
import { migrate } from "./migrations.ts";
import { type PostgresServer, postgresPrograms, startPostgres } from "./postgres.fixture.ts";

const root = join(import.meta.dirname, "..", "..");
// Starting a server takes its time: the verify command does.
const slow = Boolean(process.env.NACRE_SLOW_TESTS);
const programs = slow ? postgresPrograms() : undefined;
if (slow && !programs) console.warn("PostgreSQL is not installed here: only SQLite is tested.");

/** The kinds of database that tests are to be run on. */
export const kinds = programs ? (["sqlite", "postgres"] as const) : (["sqlite"] as const);

/** Makes databases, and takes them away again. */
export class NewDatabases {
  readonly #folder = mkdtempSync(join(tmpdir(), "nacre-clients-"));
  readonly #opened: Client[] = [];
  #server: PostgresServer | undefined;

  /** An empty database with all migrations. */
  async open(kind: (typeof kinds)[number]): Promise<Client> {
    const described = await this.#describe(kind);
    await migrate(root, described);
    const client = described.client();
    this.#opened.push(client);
    return client;
  }

  async #describe(kind: (typeof kinds)[number]): Promise<Described> {
    if (kind === "sqlite") return sqlite(join(mkdtempSync(join(this.#folder, "new-")), "nacre.db"));
    this.#server ??= await startPostgres(programs!);
    return postgres(this.#server.newDatabase());
  }

  async close(): Promise<void> {
    for (const client of this.#opened) await client.$disconnect();
    await this.#server?.stop();
    rmSync(this.#folder, { recursive: true });
  }
}
