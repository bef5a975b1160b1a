import { spawn } from "node:child_process";
import { expect, test } from "vitest";

/** A program that would go on for ever, heeding signals or not. */
const program = (heeds: boolean) => `
  import { stoppable } from ${JSON.stringify(import.meta.resolve("./stopping.ts"))};
  await stoppable(async (signal) => {
    console.error("begun");
    await new Promise((resolve) => {
      setInterval(() => ${heeds} && signal.aborted && resolve(), 10);
    });
  });
  console.error("saved");
  process.exit(130);`;

/** Starts it, and sends a signal each time it has said something. */
async function stop(
  heeds: boolean,
  signals: NodeJS.Signals[],
): Promise<{ code: number | null; err: string }> {
  const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", program(heeds)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
    const signal = signals.shift();
    if (signal) child.kill(signal);
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, err };
}

test.each(["SIGINT", "SIGTERM"] as const)("%s lets the work save and end", async (signal) => {
  const { code, err } = await stop(true, [signal]);
  expect(code).toBe(130);
  expect(err).toBe("begun\n\nStopping after this step. Ctrl-C once more stops at once.\nsaved\n");
});

test("a second Ctrl-C ends it at once", async () => {
  const { code, err } = await stop(false, ["SIGINT", "SIGINT"]);
  expect(code).toBe(130);
  expect(err).not.toContain("saved");
});
