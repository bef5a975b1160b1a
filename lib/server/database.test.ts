import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Described, openDatabase, postgres, sqlite } from "./database.ts";
import { migrate } from "./migrations.ts";
import { type PostgresServer, postgresPrograms, startPostgres } from "./postgres.fixture.ts";
import { schemaEngine } from "./schema-engine.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "nacre-database-"));
// Starting a server and processes takes its time: the verify command does.
const slow = Boolean(process.env.NACRE_SLOW_TESTS);
const programs = slow ? postgresPrograms() : undefined;
if (slow && !programs)
  console.warn("PostgreSQL is not installed here: the database is tested on SQLite alone.");

let server: PostgresServer | undefined;
beforeAll(async () => {
  if (programs) server = await startPostgres(programs);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

let made = 0;
const places = {
  sqlite: () => sqlite(join(folder, `new-${made++}`, "nacre.db")),
  postgres: async () => postgres(server!.newDatabase()),
} as const;

/** The repository's migrations and one more. */
function withMigration(kind: Described["kind"], name: string, sql: string): string {
  const migrations = join(folder, `migrations-${made++}`);
  cpSync(join(root, "prisma/migrations"), migrations, { recursive: true });
  mkdirSync(join(migrations, kind, name));
  writeFileSync(join(migrations, kind, name, "migration.sql"), sql);
  return migrations;
}

const deeds = async (described: Described) => {
  const client = described.client();
  const all = await client.deed.findMany({ orderBy: { id: "asc" } });
  await client.$disconnect();
  return all.map(({ subject }) => subject);
};

const note = async (described: Described, subject: string) => {
  const client = described.client();
  await client.deed.create({ data: { action: "import", subject } });
  await client.$disconnect();
};

/** Runs a few lines of TypeScript in a process of their own. */
function elsewhere(program: string, env: Record<string, string>): Promise<number | string | null> {
  const file = join(folder, `program-${made++}.mts`);
  writeFileSync(file, program);
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
}

describe.each(programs ? (["sqlite", "postgres"] as const) : (["sqlite"] as const))("%s", (kind) => {
  test("a new database gets all migrations, once", async () => {
    const described = await places[kind]();
    const [first, ...others] = await migrate(root, described);
    expect(first).toBe("20261122_runs"); // though those of later that day have a time in their names
    expect(others).toHaveLength(readdirSync(join(root, "prisma/migrations", kind)).length - 1);
    await note(described, "kept");
    expect(await migrate(root, described)).toEqual([]);
    expect(await deeds(described)).toEqual(["kept"]);
    const client = described.client();
    // Each asks for all columns of its table.
    expect([await client.run.findFirst(), await client.epoch.findFirst()]).toEqual([null, null]);
    expect([await client.owner.findFirst(), await client.session.findFirst()]).toEqual([null, null]);
    expect([await client.apiKey.findFirst(), await client.attempt.findFirst()]).toEqual([null, null]);
    await client.$disconnect();
  });

  test("a migration that fails half-way leaves nothing behind, loses nothing, and is tried again", async () => {
    const described = await places[kind]();
    await migrate(root, described);
    await note(described, "before");
    const half = 'BEGIN; CREATE TABLE "Half" (a INTEGER); INSERT INTO "Nowhere" VALUES (1); COMMIT;';
    const broken = withMigration(kind, "20990101_half", half);
    for (let tries = 0; tries < 2; tries++)
      await expect(migrate(root, described, broken)).rejects.toThrow(
        /^The database .*(nacre\.db|\/test\d+) could not be brought up to date, and is as it was: .*Nowhere/,
      );
    expect(await deeds(described)).toEqual(["before"]);
    const whole = withMigration(kind, "20990101_half", 'BEGIN; CREATE TABLE "Half" (a INTEGER); COMMIT;');
    expect(await migrate(root, described, whole)).toEqual(["20990101_half"]);
    expect(await deeds(described)).toEqual(["before"]);
  });

  test("a database of a newer version is left alone", async () => {
    const described = await places[kind]();
    const newer = withMigration(kind, "20990101_newer", 'BEGIN; CREATE TABLE "Newer" (a INTEGER); COMMIT;');
    await migrate(root, described, newer);
    await expect(migrate(root, described)).rejects.toThrow(
      /was made by a newer version of Nacre \(it has 20990101_newer\)\. Update Nacre/,
    );
  });

  test.runIf(slow)(
    "two processes begin and write at once; one that is killed while it writes spoils nothing",
    async () => {
      const described = await places[kind]();
      const env: Record<string, string> =
        kind === "sqlite"
          ? { NACRE_DATA: join(described.place, "..") }
          : { DATABASE_URL: `postgresql://nacre@${described.place}` };
      const open = `
      import { openDatabase } from "${import.meta.resolve("./database.ts")}";
      const { client, close } = await openDatabase(process.cwd());`;
      const write = `${open}
      for (let i = 0; i < 20; i++) await client.deed.create({ data: { action: "import", subject: "s" + i } });
      await close();`;
      expect(await Promise.all([elsewhere(write, env), elsewhere(write, env)])).toEqual([0, 0]);
      const killed = `${open}
      await client.$transaction(async (t) => {
        await t.deed.deleteMany();
        process.kill(process.pid, "SIGKILL");
        await new Promise((resolve) => setTimeout(resolve, 1000));
      });`;
      expect(await elsewhere(killed, env)).toBe("SIGKILL");
      expect((await deeds(described)).sort()).toEqual(
        [...Array(20).keys()].flatMap((i) => [`s${i}`, `s${i}`]).sort(),
      );
    },
  );
});

test("the migrations make what the schema says", async () => {
  // What is printed where this fails belongs into a new migration, in PostgreSQL's words for PostgreSQL, whose tables
  // the engine cannot read back through its adapter.
  const described = await sqlite(join(folder, "described", "nacre.db"));
  await migrate(root, described);
  const content = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
  const files = [{ path: "schema.prisma", content }];
  const engine = await schemaEngine(root, described.factory(), content);
  const { stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: root },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  expect(stdout).toMatch(/^-- This is an empty migration/);
});

test("the data folder is its owner's alone, and made where it is missing", async () => {
  vi.stubEnv("NACRE_DATA", join(folder, "some", "where"));
  vi.stubEnv("DATABASE_URL", "");
  const { client, close } = await openDatabase(root);
  expect(await client.run.count()).toBe(0);
  await close();
  expect(statSync(join(folder, "some", "where")).mode & 0o777).toBe(0o700);
  vi.unstubAllEnvs();
});

test("what is no database is left alone, and named", async () => {
  const file = join(folder, "garbage.db");
  writeFileSync(file, "no database at all ".repeat(100));
  await expect(migrate(root, await sqlite(file))).rejects.toThrow(/^The database .*garbage\.db could not be/);
  expect(readFileSync(file, "utf8")).toMatch(/^no database at all/);
});

test("a folder that cannot be made is named", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(sqlite(join(folder, "file", "data", "nacre.db"))).rejects.toThrow(
    /file\/data\/nacre\.db: it cannot be/,
  );
});
