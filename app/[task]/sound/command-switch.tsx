"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { appCommands } from "./use-app-commands.ts";
import { useWordNames } from "./use-word-names.ts";

interface CommandSwitchProps {
  readonly manifest: Manifest;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Lets the words work the page; off until somebody wants it. Nothing where no word would do anything. */
export const CommandSwitch = memo(function CommandSwitch({ manifest, on, onChange }: CommandSwitchProps) {
  const t = useTranslations("sound.commands");
  const name = useWordNames(manifest);
  const known = manifest.classes.flatMap(({ id }, index) =>
    id in appCommands ? [{ index, does: appCommands[id as keyof typeof appCommands] }] : [],
  );
  if (known.length === 0) return null;
  const kinds = [...new Set(known.map(({ does }) => does))];
  return (
    <section className="mt-6 border-t border-line pt-4">
      <label className="flex min-h-11 cursor-pointer items-center gap-3 font-semibold">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => onChange(event.target.checked)}
          className="size-5 shrink-0 accent-signal"
        />
        {t("title")}
      </label>
      <p className="text-sm text-muted">{t("hint")}</p>
      <dl aria-label={t("list")} className="mt-2 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
        {kinds.map((does) => (
          <div key={does} className="col-span-2 grid grid-cols-subgrid">
            <dt>
              {known
                .filter((one) => one.does === does)
                .map(({ index }) => name(index))
                .join(" · ")}
            </dt>
            <dd className="text-muted">{t(does)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
});
