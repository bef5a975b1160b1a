import { isOwner } from "../../lib/server/owners-only.ts";
import { listTasks } from "../../lib/server/releases.ts";
import { CorrectionsView, type NamedTask } from "./corrections-view.tsx";

/** What was corrected in this browser. */
export default async function CorrectionsPage() {
  const [tasks, owner] = await Promise.all([listTasks(), isOwner()]);
  const named = tasks.map(({ task, releases }): NamedTask => {
    const { title, classes } = releases[0]!;
    return { task, title, classes };
  });
  return <CorrectionsView tasks={named} isOwner={owner} />;
}

export const dynamic = "force-dynamic";
