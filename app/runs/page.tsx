import { currentRuns } from "../../lib/server/runs/shown.ts";
import { RunsView } from "./runs-view.tsx";

/** All training runs, those included that began a moment ago. */
export default async function RunsPage() {
  return <RunsView runs={await currentRuns()} />;
}

export const dynamic = "force-dynamic";
