import { notFound } from "next/navigation";
import { furtherJob } from "../../../lib/server/jobs/shown-jobs.ts";
import { isOwner } from "../../../lib/server/owners-only.ts";
import { currentRun } from "../../../lib/server/runs/shown.ts";
import { RunView } from "./run-view.tsx";

/** One training run, and what goes on in it. */
export default async function RunPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const run = await currentRun(id);
  if (run === undefined) notFound();
  // What names folders of the server, and what it said of a failure, is for its owner.
  const { folder: _folder, data: _data, init: _init, command, reason, machine, ...rest } = run;
  const owner = await isOwner();
  const shownMachine = machine && { ...machine, host: owner ? machine.host : "" };
  return (
    <RunView
      key={String(owner)} // who signs in is told anew
      run={{ ...rest, reason: owner ? reason : null, machine: shownMachine }}
      command={owner ? command : undefined}
      further={owner ? await furtherJob(run) : undefined}
    />
  );
}
