import { hasWorkers } from "../../lib/server/jobs/open-queue.ts";
import { shownJobs } from "../../lib/server/jobs/shown-jobs.ts";
import { isOwner } from "../../lib/server/owners-only.ts";
import { currentRuns } from "../../lib/server/runs/shown.ts";
import { JobsList } from "./jobs-list.tsx";
import { RunsView } from "./runs-view.tsx";

/** All training runs, those included that began a moment ago, and what else was asked for. */
export default async function RunsPage() {
  const runs = await currentRuns();
  const owner = await isOwner();
  // What the server said of a failure is for its owner.
  const shown = runs?.map((run) => ({ ...run, reason: owner ? run.reason : null }));
  return (
    <RunsView runs={shown}>
      <JobsList jobs={await shownJobs(owner)} isOwner={owner} hasWorkers={hasWorkers()} />
    </RunsView>
  );
}

export const dynamic = "force-dynamic";
