import type { Prisma } from "../../../prisma/generated/sqlite/client.ts";
import type { Machine, Outcome, Run, RunSummary } from "../../runs/run.ts";
import type { Client } from "../database.ts";
import type { FoundRun } from "./run-folder.ts";

/** Keeps a run as its folder tells of it now, in place of what was known before. */
export async function keepRun(client: Client, found: FoundRun): Promise<void> {
  const { epochs, steps: _steps, process: _process, started, heard, config, machine, ...rest } = found;
  const data = {
    ...rest,
    config: config as Prisma.InputJsonObject,
    machine: machine === null ? undefined : { ...machine },
    started: new Date(started),
    heard: new Date(heard),
  };
  const runId = found.id;
  await client.$transaction([
    client.run.upsert({ where: { id: runId }, create: data, update: data }),
    client.epoch.deleteMany({ where: { runId } }),
    client.epoch.createMany({
      data: epochs.map(({ at, peakMemory, ...epoch }) => ({
        ...epoch,
        runId,
        at: new Date(at),
        peakMemory: Math.round(peakMemory),
      })),
    }),
  ]);
}

/** All runs, the newest first. */
export async function listRuns(client: Client): Promise<readonly RunSummary[]> {
  const runs = await client.run.findMany({ orderBy: { started: "desc" } });
  return runs.map(summary);
}

/** One run; undefined where there is none of that id. */
export async function findRun(client: Client, id: string): Promise<Run | undefined> {
  const run = await client.run.findUnique({
    where: { id },
    include: { epochs: { orderBy: { epoch: "asc" } } },
  });
  if (run === null) return undefined;
  const { folder, config, data, fingerprint, init, device, threads, command, version, machine } = run;
  return {
    ...summary(run),
    ...{ folder, data, fingerprint, init, device, threads, command, version },
    config: config as Record<string, unknown>,
    machine: machine as unknown as Machine | null,
    epochs: run.epochs.map(({ runId: _, at, ...epoch }) => ({ ...epoch, at: at.toISOString() })),
  };
}

/** What was said of those that have not been heard of since: a process that died told nobody. */
export async function loseSilentRuns(client: Client, before: Date): Promise<void> {
  await client.run.updateMany({
    where: { outcome: "running", heard: { lt: before } },
    data: { outcome: "lost" },
  });
}

function summary(run: Prisma.RunGetPayload<object>): RunSummary {
  const { id, name, task, network, outcome, reason, bestEpoch, bestTop1, itemsPerSecond, peakMemory } = run;
  return {
    ...{ id, name, task, network, reason, bestEpoch, bestTop1, itemsPerSecond, peakMemory },
    outcome: outcome as Outcome,
    started: run.started.toISOString(),
    heard: run.heard.toISOString(),
  };
}
