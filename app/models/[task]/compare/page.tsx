import { notFound } from "next/navigation";
import { listReleases } from "../../../../lib/server/releases.ts";
import { CompareView } from "./compare-view.tsx";

/** Two releases of a task, asked about the same input. */
export default async function ComparePage({
  params,
}: {
  readonly params: Promise<{ readonly task: string }>;
}) {
  const { task } = await params;
  const releases = await listReleases(task);
  if (releases.length < 2) notFound();
  // What answers now stands first, beside the one that is next to it in the list.
  const served = releases.filter(({ isServed }) => isServed);
  const others = releases.filter(({ isServed }) => !isServed);
  return <CompareView task={task} releases={[...served, ...others].map(({ manifest }) => manifest)} />;
}
