"use client";

import { useMemo } from "react";
import { useFormatter } from "use-intl";

/** Numbers as a reader of the current language expects them. */
export interface Quantities {
  /** A share in [0, 1] as a whole per cent, with one decimal below 1 %; only certainty is 100 %. */
  share(value: number): string;
  /** A time in ms, in seconds from one on. */
  duration(ms: number): string;
  /** A time in ms, however long, with one decimal below ten. */
  milliseconds(ms: number): string;
  /** Bytes in MB (10⁶), with one decimal. */
  megabytes(bytes: number): string;
  /** The same without the unit, for "3.1 of 24.9 MB". */
  megabyteCount(bytes: number): string;
  /** A large round number in words: 100 million, 1 亿. */
  large(count: number): string;
  count(value: number): string;
  /** How many a second, with one decimal below ten. */
  rate(perSecond: number): string;
  /** A time still to come, in s: whole seconds, or minutes from one and a half on. */
  roughly(seconds: number): string;
}

/** The formatters for the current language. */
export function useQuantities(): Quantities {
  const format = useFormatter();
  return useMemo(() => {
    const percent = (value: number, digits: number) =>
      format.number(value, {
        style: "percent",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return {
      share(value) {
        if (value < 0.001) return `<${percent(0.001, 1)}`;
        if (value < 0.0095) return percent(value, 1);
        return percent(value < 1 ? Math.min(value, 0.99) : 1, 0);
      },
      duration: (ms) =>
        ms < 999.5
          ? format.number(ms, { style: "unit", unit: "millisecond", maximumFractionDigits: 0 })
          : format.number(ms / 1000, { style: "unit", unit: "second", ...oneDecimal }),
      milliseconds: (ms) =>
        format.number(ms, { style: "unit", unit: "millisecond", maximumFractionDigits: ms < 10 ? 1 : 0 }),
      megabytes: (bytes) => format.number(bytes / 1e6, { style: "unit", unit: "megabyte", ...oneDecimal }),
      megabyteCount: (bytes) => format.number(bytes / 1e6, oneDecimal),
      large: (count) => format.number(count, { notation: "compact", compactDisplay: "long" }),
      count: (value) => format.number(value),
      rate: (perSecond) => format.number(perSecond, { maximumFractionDigits: perSecond < 10 ? 1 : 0 }),
      roughly: (seconds) =>
        seconds < 90
          ? format.number(Math.ceil(seconds), { style: "unit", unit: "second" })
          : format.number(Math.round(seconds / 60), { style: "unit", unit: "minute" }),
    };
  }, [format]);
}
