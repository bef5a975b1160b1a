import { existsSync } from "node:fs";
import { notFound } from "next/navigation";
import { examplesOf } from "../../../../lib/server/confusions/example.ts";
import { findConfusions } from "../../../../lib/server/confusions/record.ts";
import { isOwner } from "../../../../lib/server/owners-only.ts";
import { listReleases } from "../../../../lib/server/releases.ts";
import { ConfusedView } from "./confused-view.tsx";
import { VisitorView } from "./visitor-view.tsx";

/** The examples of one class that a release took for another one, for the owner alone. */
export default async function ConfusedPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly task: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  if (!(await isOwner())) return <VisitorView />;
  const { task } = await params;
  const wanted = await searchParams;
  const release = (await listReleases(task)).find(({ manifest }) => manifest.version === wanted.release);
  const confusions = release && (await findConfusions(process.cwd(), release.manifest));
  if (!confusions) notFound();
  const { manifest } = release!;
  const [shown, answered] = [wanted.shown, wanted.answered].map((id) =>
    manifest.classes.findIndex((one) => one.id === id),
  ) as [number, number];
  const examples = await examplesOf(confusions, shown, answered);
  if (examples.length === 0) notFound();
  const row = confusions.confusion[shown]!;
  return (
    <ConfusedView
      manifest={manifest}
      cell={{
        shown,
        answered,
        count: row[answered]!,
        of: row.reduce((sum, items) => sum + items, 0),
      }}
      about={{ data: confusions.data, split: confusions.split, measured: confusions.measured }}
      isDataThere={existsSync(/* turbopackIgnore: true */ confusions.data)}
      examples={examples}
    />
  );
}
