/** A PostgreSQL server of the tests' own, where PostgreSQL is installed. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface PostgresServer {
  /** The address of a new, empty database. */
  newDatabase(): string;
  stop(): Promise<void>;
}

/** The folder of initdb and postgres, the newest where there are several; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(debian, version, "bin")), "/usr/local/bin", "/usr/bin"].find(
    (folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")),
  );
}

/** Starts a server in a folder of its own; as root under another user's name, because it refuses to be root. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "nacre-postgres-"));
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  const who = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : {};
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid);
  const data = join(folder, "data");
  const quiet = { ...who, cwd: folder, stdio: "ignore" } as const;
  execFileSync(join(programs, "initdb"), ["-D", data, "-U", "nacre", "--auth=trust", "--no-sync"], quiet);
  const port = await freePort();
  const settings = [
    "fsync=off",
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${folder}`,
  ];
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
    quiet,
  );
  const ended = once(server, "exit");
  const ask = (sql: string) => {
    const to = ["-h", "127.0.0.1", "-p", String(port), "-U", "nacre", "-d", "postgres"];
    execFileSync(join(programs, "psql"), [...to, "-q", "-c", sql], { stdio: "ignore" });
  };
  for (let tries = 0; ; tries++) {
    try {
      ask("SELECT 1");
      break;
    } catch (error) {
      if (tries > 300 || server.exitCode !== null) throw error;
      await sleep(100);
    }
  }
  let databases = 0;
  return {
    newDatabase() {
      const name = `test${databases++}`;
      ask(`CREATE DATABASE ${name}`);
      return `postgresql://nacre@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      server.kill("SIGINT"); // fast shutdown
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
