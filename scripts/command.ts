/** The frame of every program of the command line: options, help, exit codes, signals, broken pipes. */

import { Command, InvalidArgumentError } from "commander";
import { exitCodeOf, exitCodes, explanationOf } from "./exit.ts";

/**
 * A program with our manners. `name` is the npm script; `examples` are shown by --help, each a line that a
 * person could type.
 */
export function command(name: string, summary: string, examples: readonly string[]): Command {
  const codes = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return new Command(`npm run -s ${name} --`)
    .description(summary)
    .exitOverride()
    .showHelpAfterError(`(npm run ${name} -- --help tells more)`)
    .helpOption("-h, --help", "show this")
    .addHelpText("after", ["", "Examples:", ...examples.map((line) => `  ${line}`)].join("\n"))
    .addHelpText("after", ["", "Exit codes:", "    0  success", "    1  a bug", ...codes].join("\n"));
}

/** Parses the command line and runs the program's action; the process ends with the documented exit code. */
export async function run(program: Command): Promise<void> {
  // npm starts scripts in the repository's root; what a person types means the folder that they are in.
  const { npm_lifecycle_event: byNpm, INIT_CWD: folder } = process.env;
  if (byNpm && folder) process.chdir(folder);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0); // the reader, such as head, has all that it wants
    throw error;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    const explanation = explanationOf(error);
    if (explanation) console.error(explanation);
    process.exitCode = exitCodeOf(error);
  }
}

/** An option's value as a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}
