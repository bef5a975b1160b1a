"use client";

import { useMemo } from "react";
import { useFormatter } from "use-intl";

/** Figures of training as a reader of the current language expects them. */
export function useTrainingQuantities() {
  const format = useFormatter();
  return useMemo(
    () => ({
      /** A share that was counted, with one decimal: 0 % and 100 % occur. */
      percent: (share: number) =>
        format.number(share, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
      loss: (value: number) =>
        format.number(value, { minimumSignificantDigits: 2, maximumSignificantDigits: 3 }),
      rate: (value: number) =>
        value === 0 || value >= 0.001
          ? format.number(value, { maximumSignificantDigits: 2 })
          : format.number(value, { notation: "scientific", maximumSignificantDigits: 2 }),
      speed: (perSecond: number) => format.number(perSecond, { maximumSignificantDigits: 3 }),
      /** Of memory, from MB. */
      gigabytes: (megabytes: number) =>
        format.number(megabytes / 1000, { style: "unit", unit: "gigabyte", maximumFractionDigits: 1 }),
      seconds: (seconds: number) =>
        format.number(seconds, { style: "unit", unit: "second", maximumFractionDigits: 0 }),
      moment: (iso: string) =>
        format.dateTime(new Date(iso), {
          ...({ year: "numeric", month: "short", day: "numeric" } as const),
          ...({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } as const),
        }),
    }),
    [format],
  );
}
