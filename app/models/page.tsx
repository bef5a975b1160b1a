import { listReleases, listTasks } from "../../lib/server/releases.ts";
import { ModelsView } from "./models-view.tsx";

/** Every task's models. Programs that ask for this address get JSON, from models.json. */
export default async function ModelsPage() {
  const tasks = await listTasks();
  const counts = await Promise.all(tasks.map(async ({ task }) => (await listReleases(task)).length));
  return <ModelsView tasks={tasks.map((task, i) => ({ ...task, count: counts[i]! }))} />;
}

export const dynamic = "force-dynamic";
