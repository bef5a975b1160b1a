"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { EpochMetrics, StepMetrics } from "../../lib/runs/run.ts";
import { LineChart } from "../../lib/ui/line-chart.tsx";
import { useTrainingQuantities } from "./quantities.ts";

type Points = readonly (readonly [number, number])[];

/** A value of each epoch, at the epoch's end. */
export const byEpoch = (epochs: readonly EpochMetrics[], value: (epoch: EpochMetrics) => number): Points =>
  epochs.map((epoch) => [epoch.epoch + 1, value(epoch)]);

/** A value within epochs where it was written down, else at their ends. */
const within = (
  { epochs, steps }: RunChartsProps,
  value: (metrics: EpochMetrics | StepMetrics) => number,
): Points =>
  steps.length === 0
    ? byEpoch(epochs, value)
    : steps.map((step) => [step.epoch + step.done / Math.max(1, step.of), value(step)]);

interface RunChartsProps {
  readonly epochs: readonly EpochMetrics[];
  readonly steps: readonly StepMetrics[];
}

/** How a run went: loss, accuracy, learning rate and speed over its epochs. */
export function RunCharts({ epochs, steps }: RunChartsProps) {
  const t = useTranslations("workshop.runs");
  const { percent, loss, rate, speed } = useTrainingQuantities();
  const lines = useMemo(() => {
    const run = { epochs, steps };
    return {
      loss: [
        { label: t("lossOf.train"), points: within(run, (m) => m.loss) },
        { label: t("lossOf.val"), points: byEpoch(epochs, (e) => e.valLoss) },
      ],
      accuracy: [
        { label: t("accuracyOf.top1"), points: byEpoch(epochs, (e) => e.valTop1) },
        { label: t("accuracyOf.macroF1"), points: byEpoch(epochs, (e) => e.valMacroF1) },
      ],
      rate: [{ label: t("rate"), points: within(run, (m) => m.rate) }],
      speed: [{ label: t("speed"), points: within(run, (m) => m.itemsPerSecond) }],
    };
  }, [epochs, steps, t]);
  return (
    <div className="mt-6 grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <LineChart title={t("loss")} across={t("epoch")} series={lines.loss} format={loss} />
      <LineChart title={t("accuracy")} across={t("epoch")} series={lines.accuracy} format={percent} />
      <LineChart title={t("rate")} across={t("epoch")} series={lines.rate} format={rate} />
      <LineChart title={t("speed")} across={t("epoch")} series={lines.speed} format={speed} />
    </div>
  );
}
