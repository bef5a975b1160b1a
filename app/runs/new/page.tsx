import { NETWORKS } from "../../../engine/networks/index.ts";
import { isOwner } from "../../../lib/server/owners-only.ts";
import { listTasks } from "../../../lib/server/releases.ts";
import { NewRunView } from "./new-run-view.tsx";

/** Where a training is asked for. */
export default async function NewRunPage() {
  const owner = await isOwner();
  const tasks = owner ? (await listTasks()).map(({ task }) => task) : [];
  return <NewRunView key={String(owner)} isOwner={owner} tasks={tasks} networks={Object.keys(NETWORKS)} />;
}

export const dynamic = "force-dynamic";
