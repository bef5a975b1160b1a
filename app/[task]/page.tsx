import { notFound } from "next/navigation";
import { allTake } from "../../engine/release/kinds.ts";
import { findTask } from "../../lib/server/releases.ts";
import { requestPreferences } from "../../lib/server/request-preferences.ts";
import { SoundView } from "./sound/sound-view.tsx";
import { TaskView } from "./task-view.tsx";
import { TextView } from "./text/text-view.tsx";

/** The page of any task that has a release; what it says of the task comes from the release's manifest. */
export default async function TaskPage({ params }: { readonly params: Promise<{ task: string }> }) {
  const { task } = await params;
  const [found, { variant }] = await Promise.all([findTask(task), requestPreferences()]);
  if (found === undefined) notFound();
  const { releases } = found;
  if (allTake(releases, "image"))
    return <TaskView task={task} releases={releases} preferredVariant={variant} />;
  if (allTake(releases, "sound"))
    return <SoundView task={task} releases={releases} preferredVariant={variant} />;
  if (allTake(releases, "text"))
    return <TextView task={task} releases={releases} preferredVariant={variant} />;
  notFound();
}
