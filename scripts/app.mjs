// npm run app: from a plain clone to the running app. Installs and builds where needed, starts the production
// server on PORT (3000 by default, or the next free one) and prints its address when it answers.

import { spawn } from "node:child_process";
import { get } from "node:http";
import { createServer } from "node:net";
import { build, built, next } from "./build.mjs";
import { root, setup } from "./setup.mjs";

setup();
if (!built()) {
  console.log("Building the app (under a minute) …");
  if (!build()) {
    console.error("The build failed: the message above says why.");
    process.exit(1);
  }
}

const port = await freePort(Number(process.env.PORT) || 3000);
const server = spawn(process.execPath, [next, "start", "--port", String(port)], {
  cwd: root,
  // Only what goes wrong is shown: Next's own banner would name an address before it answers.
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
});

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.kill("SIGTERM");
  setTimeout(() => server.kill("SIGKILL"), 3000).unref(); // an open connection must not keep it
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
if (process.env.npm_lifecycle_event) {
  // npm hands a signal to the shell between us alone: when that is gone, nobody else can stop the server.
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && stop(), 250).unref();
}
server.on("exit", (code) => {
  if (!stopping) console.error(`The server stopped by itself (exit code ${code}).`);
  process.exit(stopping ? 0 : 1);
});

const address = `http://localhost:${port}`;
while (!stopping && !(await answers(address))) await new Promise((resolve) => setTimeout(resolve, 100));
if (!stopping) console.log(`Nacre is running at ${address} (Ctrl-C stops it)`);

/** The first port from `first` on that nobody listens on. */
async function freePort(first) {
  for (let candidate = first; candidate < Math.min(first + 100, 65536); candidate++) {
    if (await isFree(candidate)) return candidate;
  }
  console.error(`No free port from ${first} on. Set PORT to a free one.`);
  process.exit(1);
}

function isFree(candidate) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(candidate, () => probe.close(() => resolve(true)));
  });
}

function answers(url) {
  return new Promise((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode < 500);
    }).on("error", () => resolve(false));
  });
}
