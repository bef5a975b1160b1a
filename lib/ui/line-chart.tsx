"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useChoices } from "./preferences.tsx";

/** A line of a chart. */
export interface Series {
  readonly label: string;
  /** By rising x. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface LineChartProps {
  readonly title: string;
  /** What x counts. */
  readonly across: string;
  readonly series: readonly Series[];
  /** A value of y as its axis shows it. */
  readonly format: (value: number) => string;
}

/** Colours and dashes, MOST_SERIES of them: each line differs from the others in both, for eyes that tell few colours apart. */
const looks = [
  { colour: "text-plot-1", dash: [] },
  { colour: "text-plot-2", dash: [7, 4] },
  { colour: "text-plot-3", dash: [2, 4] },
  { colour: "text-plot-4", dash: [10, 3, 2, 3] },
] as const;

/** In pixels; h-50 keeps the place until the chart is drawn. */
const HEIGHT = 200;

/** Lines over epochs. For eyes alone: beside it stands a table that says the same. */
export function LineChart({ title, across, series, format }: LineChartProps) {
  const figure = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const { theme } = useChoices();
  const isDark = useIsDark();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the appearance changes the colours that are read here
  useEffect(() => {
    const [outer, inner] = [figure.current!, place.current!];
    const colourOf = (selector: string) => getComputedStyle(outer.querySelector(selector)!).color;
    const [ink, grid] = [getComputedStyle(outer).color, getComputedStyle(inner).borderTopColor];
    const font = `12px ${getComputedStyle(outer).fontFamily}`;
    const axis = { stroke: ink, font, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const chart = new uPlot(
      {
        width: inner.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false } },
        axes: [
          {
            ...axis,
            label: across,
            labelFont: font,
            labelSize: 20,
            size: 34,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
          },
          { ...axis, size: 64, values: (_, splits) => splits.map(format) },
        ],
        series: [
          {},
          ...series.map(({ label, points }, i) => ({
            label,
            stroke: colourOf(`[data-line="${i}"]`),
            width: 2,
            dash: [...looks[i]!.dash],
            spanGaps: true,
            points: { show: points.length < 3, size: 7, fill: colourOf(`[data-line="${i}"]`) },
          })),
        ],
      },
      aligned(series),
      inner,
    );
    const observer = new ResizeObserver(() => chart.setSize({ width: inner.clientWidth, height: HEIGHT }));
    observer.observe(inner);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [series, across, format, theme, isDark]);

  return (
    <figure ref={figure} aria-hidden="true" className="min-w-0 text-muted">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold text-ink">{title}</span>
        <span className="flex flex-wrap gap-x-4 text-sm">
          {series.map(({ label }, i) => (
            <span
              key={looks[i]!.colour}
              className={series.length > 1 ? "flex items-center gap-1.5" : "hidden"}
            >
              <svg width="20" height="4" className={looks[i]!.colour} data-line={i} aria-hidden="true">
                <line
                  x2="20"
                  y1="2"
                  y2="2"
                  stroke="currentColor"
                  strokeWidth="2"
                  strokeDasharray={looks[i]!.dash.join(" ")}
                />
              </svg>
              {label}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={place} className="mt-2 h-50 border-line" />
    </figure>
  );
}

/** Lines over one common x, with gaps where a line has no point: [xs, ys of the first line, …]. */
function aligned(series: readonly Series[]): uPlot.AlignedData {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const lines = series.map(({ points }) => {
    const byX = new Map(points);
    return xs.map((x) => byX.get(x) ?? null);
  });
  return [xs, ...lines];
}

/** Whether the system is dark at the moment. */
function useIsDark(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia("(prefers-color-scheme: dark)");
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia("(prefers-color-scheme: dark)").matches,
    () => false,
  );
}
