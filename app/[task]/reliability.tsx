"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { InputKind } from "../../lib/content.ts";
import { useQuantities } from "../../lib/ui/quantities.ts";

type Bins = NonNullable<Manifest["metrics"]["reliability"]>;

/** The plot's side and the room for labels at its left and below, in units of the drawing. */
const [side, left, below] = [240, 64, 44];

/** Marks on both axes, as shares. */
const marks = [0, 0.5, 1];

/** How far to trust the per cents: a reliability diagram (DeGroot and Fienberg 1983), and the same as a table. */
export function Reliability({
  bins,
  testedOn,
  kind,
}: {
  readonly bins: Bins;
  readonly testedOn: number;
  /** What was counted. */
  readonly kind: InputKind;
}) {
  const t = useTranslations("reliability");
  const { count, share } = useQuantities();
  const percent = usePercent();
  return (
    <details className="group mt-6 border-t border-line pt-4">
      <summary className="min-h-11 py-2 font-semibold">{t("title")}</summary>
      <p className="mt-1 max-w-prose text-sm text-muted">{t(`lead.${kind}`, { count: count(testedOn) })}</p>
      <div className="mt-4 flex flex-wrap items-start gap-x-14 gap-y-6">
        <Diagram bins={bins} />
        <table className="figures text-sm">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="text-muted">
            <tr>
              {(["confidence", "accuracy", `count.${kind}`] as const).map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="border-b border-line py-1 pr-6 text-right font-normal last:pr-0"
                >
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bins.map((bin) => (
              <tr key={bin.confidence}>
                <td className="py-0.5 pr-6 text-right">{share(bin.confidence)}</td>
                <td className="py-0.5 pr-6 text-right">{percent(bin.accuracy)}</td>
                <td className="py-0.5 text-right">{count(bin.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** What was counted, as whole per cents: unlike a probability, it may be none or all. */
function usePercent(): (share: number) => string {
  const format = useFormatter();
  return (share) => format.number(share, { style: "percent" });
}

/** A point for each bin, its area by its pictures; on the diagonal, per cents mean what they say. */
function Diagram({ bins }: { readonly bins: Bins }) {
  const t = useTranslations("reliability");
  const percent = usePercent();
  const most = Math.max(...bins.map((bin) => bin.count));
  const x = (value: number) => left + value * side;
  const y = (value: number) => 12 + (1 - value) * side;
  return (
    <svg
      aria-hidden="true" // the table says it all
      viewBox={`0 0 ${left + side + 16} ${12 + side + below}`}
      className="figures w-full max-w-84 fill-muted text-xs"
    >
      <g className="stroke-line">
        {marks.flatMap((mark) => [
          <line key={`x${mark}`} x1={x(mark)} x2={x(mark)} y1={y(0)} y2={y(1)} />,
          <line key={`y${mark}`} x1={x(0)} x2={x(1)} y1={y(mark)} y2={y(mark)} />,
        ])}
      </g>
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="stroke-edge" strokeDasharray="4 4" />
      <text x={x(0.3)} y={y(0.3) - 8} textAnchor="middle" transform={`rotate(-45 ${x(0.3)} ${y(0.3)})`}>
        {t("ideal")}
      </text>
      {marks.map((mark) => (
        <g key={mark}>
          <text x={x(mark)} y={y(0) + 18} textAnchor="middle">
            {percent(mark)}
          </text>
          <text x={x(0) - 8} y={y(mark) + 4} textAnchor="end">
            {percent(mark)}
          </text>
        </g>
      ))}
      <text x={x(0.5)} y={y(0) + 38} textAnchor="middle">
        {t("confidence")}
      </text>
      <text x={12} y={y(0.5)} textAnchor="middle" transform={`rotate(-90 12 ${y(0.5)})`}>
        {t("accuracy")}
      </text>
      {bins.map((bin) => (
        <circle
          key={bin.confidence}
          cx={x(bin.confidence)}
          cy={y(bin.accuracy)}
          r={3 + 9 * Math.sqrt(bin.count / most)}
          className="fill-signal/60 stroke-signal"
        />
      ))}
    </svg>
  );
}
