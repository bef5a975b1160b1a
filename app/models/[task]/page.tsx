import { notFound } from "next/navigation";
import { describedReleases } from "../../../lib/server/listed-models.ts";
import { isOwner } from "../../../lib/server/owners-only.ts";
import { ReleasesView } from "./releases-view.tsx";

/** All releases of a task, and which of them answer. */
export default async function TaskModelsPage({
  params,
}: {
  readonly params: Promise<{ readonly task: string }>;
}) {
  const { task } = await params;
  const owner = await isOwner();
  const releases = await describedReleases(task, owner);
  if (releases.length === 0) notFound();
  return <ReleasesView task={task} releases={releases} isOwner={owner} />;
}
