"use client";

import { useEffect, useState } from "react";
import type { RunNews } from "../../../lib/runs/run.ts";

/** What is known of a run, kept up to date by the server for as long as the run goes on. */
export function useRunNews(first: RunNews): RunNews {
  const [news, setNews] = useState(first);
  const { id, outcome } = first.summary;
  const isRunning = outcome === "running";

  useEffect(() => {
    // Steps come by this way alone, so that even a run that is over is asked about once.
    const source = new EventSource(`/runs/${id}/events`);
    source.onmessage = ({ data }) => {
      const told: RunNews = JSON.parse(data);
      setNews(told);
      if (told.summary.outcome !== "running") source.close();
    };
    // A browser comes back by itself where a running one's connection breaks.
    if (!isRunning) source.onerror = () => source.close();
    return () => source.close();
  }, [id, isRunning]);

  return news;
}
