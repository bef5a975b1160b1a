// Makes the database clients from prisma/schema.prisma, one for SQLite and one for PostgreSQL, where they are missing
// or made from something else. They are not in the repository; whatever compiles the app calls this first.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

const folder = join(root, "prisma", "generated");
const stamp = join(folder, "made-from");

/** The same schema for PostgreSQL. */
const forPostgres = (schema) =>
  schema.replace('provider = "sqlite"', 'provider = "postgresql"').replace("generated/sqlite", "postgres");

/** Makes the clients where they do not fit the schema. Throws with Prisma's words where that fails. */
export function generate() {
  const source = join(root, "prisma", "schema.prisma");
  const schema = readFileSync(source, "utf8");
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/prisma/package.json"), "utf8"));
  const made = createHash("sha256").update(`${version}\n${schema}`).digest("hex");
  if (read(stamp) === made) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const derived = join(folder, "postgres.prisma");
  writeFileSync(derived, forPostgres(schema));
  for (const path of [source, derived]) makeClient(path);
  writeFileSync(stamp, made);
}

function makeClient(schema) {
  const prisma = join(root, "node_modules/prisma/build/index.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [prisma, "generate", "--no-hints", "--schema", schema],
    {
      cwd: root,
      encoding: "utf8",
      // Generating needs no schema engine, but looks for one and would download it: any program there is will do.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    },
  );
  if (status !== 0)
    throw new Error(`The database client could not be made from ${schema}:\n${stdout}${stderr}`);
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate();
