"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";

/** What can be done on a page for sound. */
export const modes = ["speak", "listen", "record"] as const;
export type Mode = (typeof modes)[number];

interface ModeTabsProps {
  readonly mode: Mode;
  readonly onChange: (mode: Mode) => void;
}

/** One of three things to do. */
export function ModeTabs({ mode, onChange }: ModeTabsProps) {
  const t = useTranslations("sound");
  const name = useId();
  return (
    <fieldset className="mb-5 flex max-w-md rounded-md border border-edge p-0.5 sm:mb-7">
      <legend className="sr-only">{t("mode")}</legend>
      {modes.map((option) => (
        <label
          key={option}
          className="relative flex min-h-10 flex-1 items-center justify-center rounded-sm px-1 text-center text-sm text-muted transition-colors hover:text-ink has-checked:bg-signal-wash has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-signal"
        >
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === mode}
            onChange={() => onChange(option)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {t(`modes.${option}`)}
        </label>
      ))}
    </fieldset>
  );
}
