"use client";

import { memo, useId } from "react";
import { useTranslations } from "use-intl";
import { type TradePoint, tradeAt } from "../../../lib/sound/trade.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";

interface ThresholdPanelProps {
  readonly threshold: number;
  /** The release's own. */
  readonly released: number;
  /** By rising threshold; empty where nothing was measured. */
  readonly curve: readonly TradePoint[];
  readonly onChange: (threshold: number) => void;
}

/** How sure the model must be before a word counts, with what that costs either way. Not drawn anew with each step. */
export const ThresholdPanel = memo(function ThresholdPanel({
  threshold,
  released,
  curve,
  onChange,
}: ThresholdPanelProps) {
  const t = useTranslations("sound.threshold");
  const { share } = useQuantities();
  const id = useId();
  const here = tradeAt(curve, threshold);
  const [low, high] = [curve[0]?.threshold ?? 0.3, curve.at(-1)?.threshold ?? 0.95];
  return (
    <section className="border-t border-line pt-4">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4">
        <h3 className="font-semibold">{t("title")}</h3>
        {threshold !== released && <Button onClick={() => onChange(released)}>{t("reset")}</Button>}
      </div>
      <label htmlFor={id} className="mt-1 flex justify-between gap-4 text-sm">
        <span>{t("label")}</span>
        <span className="figures font-medium">{share(threshold)}</span>
      </label>
      <input
        id={id}
        type="range"
        min={low}
        max={high}
        step={0.01}
        value={threshold}
        onChange={(event) => onChange(Number(event.target.value))}
        className="mt-1 h-8 w-full accent-signal"
      />
      <p aria-hidden="true" className="flex justify-between gap-4 text-xs text-muted">
        <span>{t("eager")}</span>
        <span className="text-right">{t("sure")}</span>
      </p>
      {here !== undefined && (
        <>
          <p role="status" className="figures mt-3 min-h-[2lh] text-sm">
            {t("trade", {
              threshold: share(threshold),
              missed: share(here.missed),
              falses: Math.round(here.falsePerHour),
            })}
          </p>
          <TradeChart curve={curve} here={here} />
          <p className="mt-1 text-xs text-muted">{t("lead")}</p>
        </>
      )}
    </section>
  );
});

/** The plot's size and the room for labels at its left and below, in units of the drawing. */
const [plotWidth, plotHeight, left, below, above] = [300, 130, 46, 40, 8];

/** Missed words over mistakes in an hour; the root of the latter, since the first few matter most. */
function TradeChart({ curve, here }: { readonly curve: readonly TradePoint[]; readonly here: TradePoint }) {
  const t = useTranslations("sound.threshold");
  const { share, count } = useQuantities();
  const mostFalse = Math.max(10, ...curve.map(({ falsePerHour }) => falsePerHour));
  const mostMissed = Math.max(0.1, ...curve.map(({ missed }) => missed));
  const x = (falses: number) => left + Math.sqrt(falses / mostFalse) * plotWidth;
  const y = (missed: number) => above + (1 - missed / mostMissed) * plotHeight;
  const ticks = [0, mostFalse / 16, mostFalse / 4, mostFalse];
  return (
    <>
      <svg
        aria-hidden="true" // the table says it all
        viewBox={`0 0 ${left + plotWidth + 20} ${above + plotHeight + below}`}
        className="figures mt-2 w-full max-w-100 fill-muted text-xs"
      >
        <g className="stroke-line">
          {ticks.map((tick) => (
            <line key={tick} x1={x(tick)} x2={x(tick)} y1={above} y2={above + plotHeight} />
          ))}
          {[0, mostMissed].map((tick) => (
            <line key={tick} x1={left} x2={left + plotWidth} y1={y(tick)} y2={y(tick)} />
          ))}
        </g>
        {ticks.map((tick) => (
          <text key={tick} x={x(tick)} y={above + plotHeight + 16} textAnchor="middle">
            {count(Math.round(tick))}
          </text>
        ))}
        {[0, mostMissed].map((tick) => (
          <text key={tick} x={left - 8} y={y(tick) + 4} textAnchor="end">
            {tick === 0 ? count(0) : share(tick)}
          </text>
        ))}
        <text x={left + plotWidth / 2} y={above + plotHeight + 34} textAnchor="middle">
          {t("falses")}
        </text>
        <text
          x={12}
          y={above + plotHeight / 2}
          textAnchor="middle"
          transform={`rotate(-90 12 ${above + plotHeight / 2})`}
        >
          {t("missed")}
        </text>
        <polyline
          points={curve.map(({ falsePerHour, missed }) => `${x(falsePerHour)},${y(missed)}`).join(" ")}
          className="fill-none stroke-signal"
          strokeWidth="2"
          strokeLinejoin="round"
        />
        <circle
          cx={x(here.falsePerHour)}
          cy={y(here.missed)}
          r="5"
          strokeWidth="2"
          className="fill-signal stroke-sheet"
        />
      </svg>
      <div className="sr-only">
        <table>
          <caption>{t("table")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("label")}</th>
              <th scope="col">{t("missed")}</th>
              <th scope="col">{t("falses")}</th>
            </tr>
          </thead>
          <tbody>
            {curve.map(({ threshold, missed, falsePerHour }) => (
              <tr key={threshold}>
                <td>{share(threshold)}</td>
                <td>{share(missed)}</td>
                <td>{count(Math.round(falsePerHour))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
