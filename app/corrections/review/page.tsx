import { appDatabase } from "../../../lib/server/app-database.ts";
import { listWaiting } from "../../../lib/server/corrections/inbox.ts";
import { isOwner } from "../../../lib/server/owners-only.ts";
import { listReleases } from "../../../lib/server/releases.ts";
import type { NamedTask } from "../corrections-view.tsx";
import { ReviewView } from "./review-view.tsx";

/** So many corrections come with the page; the next ones when these are done. */
const AT_ONCE = 50;

/** What visitors sent, for the owner to accept or reject. */
export default async function ReviewPage() {
  if (!(await isOwner())) return <ReviewView isOwner={false} waiting={[]} total={0} tasks={[]} />;
  const { client } = await appDatabase();
  const { list, total } = await listWaiting(client, AT_ONCE);
  const names = [...new Set(list.map(({ task }) => task))];
  const tasks = await Promise.all(
    names.map(async (task): Promise<NamedTask> => {
      const [newest] = await listReleases(task);
      return newest?.manifest ?? { task, title: { en: task, zh: task }, classes: [] };
    }),
  );
  return (
    <ReviewView
      isOwner
      waiting={list}
      total={total}
      tasks={tasks.map(({ task, title, classes }) => ({ task, title, classes }))}
    />
  );
}

export const dynamic = "force-dynamic";
