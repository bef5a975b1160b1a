import { notFound } from "next/navigation";
import { currentRun } from "../../../lib/server/runs/shown.ts";
import { MOST_SERIES } from "../../../lib/ui/most-series.ts";
import { CompareView } from "./compare-view.tsx";

interface ComparePageProps {
  readonly searchParams: Promise<{ readonly run?: string | readonly string[] }>;
}

/** The runs that the address names, side by side. */
export default async function ComparePage({ searchParams }: ComparePageProps) {
  const { run } = await searchParams;
  const ids = [...new Set(run === undefined ? [] : [run].flat())].slice(0, MOST_SERIES);
  const runs = (await Promise.all(ids.map(currentRun))).filter((found) => found !== undefined);
  if (runs.length === 0) notFound();
  return (
    <CompareView
      runs={runs.map(({ id, name, task, network, bestTop1, epochs, config }) => ({
        ...{ id, name, task, network, bestTop1, epochs, config },
      }))}
    />
  );
}
