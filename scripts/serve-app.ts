/** The production app on a server of its own, for tests and measurements. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { next } from "./build.mjs";
import { root } from "./setup.mjs";

export interface AppServer {
  /** Without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the app on the releases in a folder, with more in its environment where that is wanted. Throws where there is
 * no production build.
 */
export async function serveApp(
  models: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<AppServer> {
  const port = await freePort();
  const server = spawn(process.execPath, [next, "start", "--port", String(port)], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NACRE_MODELS: resolve(models),
      ...environment,
    },
  });
  const ended = once(server, "exit");
  const url = `http://localhost:${port}`;
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error("The server stopped at once; run “npm run build” first.");
    await sleep(100);
  }
  return {
    url,
    async stop() {
      server.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
