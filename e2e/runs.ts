import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beginLine, endLine, epochLine, runJson } from "../lib/server/runs/run.fixture.ts";

/** A run's folder where the tests' server looks for runs, written by the tests in place of training. */
export class RunFolder {
  readonly #path: string;

  /** @param folder of all runs */
  constructor(
    readonly name: string,
    folder = join(".nacre", `e2e-data-${process.env.NACRE_E2E_PORT}`, "runs"),
  ) {
    this.#path = join(folder, name);
    mkdirSync(this.#path, { recursive: true });
  }

  /** What training writes first. The process is this one unless stated, so that the run goes on. */
  begin({ pid = process.pid, config = {} }: { readonly pid?: number; readonly config?: object } = {}): void {
    const asked = { ...runJson, data: `/data/${this.name}`, config: { ...runJson.config, ...config } };
    writeFileSync(
      join(this.#path, "run.json"),
      JSON.stringify({ ...asked, started: new Date().toISOString() }),
    );
    this.#write("record.jsonl", beginLine({ pid, words: ["birds", "--data", "my birds"] }));
  }

  epoch(number: number, other: object = {}): void {
    this.#write("record.jsonl", epochLine(number, other));
  }

  step(epoch: number, done: number): void {
    const at = new Date().toISOString();
    const loss = 2 / (epoch + 0.6 + done / 100);
    this.#write("steps.jsonl", { at, epoch, done, of: 100, loss, rate: 0.01, itemsPerSecond: 21.5 });
  }

  end(outcome: string, reason?: string): void {
    this.#write("record.jsonl", endLine(outcome, reason));
  }

  #write(file: string, line: object): void {
    appendFileSync(join(this.#path, file), `${JSON.stringify(line)}\n`);
  }
}

/** A run of so many epochs that ended well. */
export function finishedRun(name: string, epochs: number, config: object = {}, folder?: string): RunFolder {
  const run = new RunFolder(name, folder);
  run.begin({ config });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let done = 20; done <= 100; done += 20) run.step(epoch, done);
    run.epoch(epoch);
  }
  run.end("finished");
  return run;
}
