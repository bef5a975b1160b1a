"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Outlook } from "../../../lib/runs/job.ts";

/** What a training would be, with what can be done about it. */
export function OutlookPanel({
  outlook,
  children,
}: {
  readonly outlook: Outlook;
  readonly children: ReactNode;
}) {
  const t = useTranslations("jobs");
  const { summary, network, epochs, init, commands } = outlook;
  const facts = [
    [t("learnsFrom"), summary],
    [t("network"), network],
    [t("epochs"), String(epochs)],
    [t("startsFrom"), init],
  ] as const;
  return (
    <section className="rounded-md border border-line bg-sheet p-5">
      <h2 className="text-xl font-semibold">{t("outlook")}</h2>
      <dl className="mt-3 space-y-2 text-sm">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-muted">{name}</dt>
            <dd lang="en" className="figures wrap-anywhere">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-4 text-sm text-muted">{t("command")}</h3>
      <pre className="mt-1 text-sm whitespace-pre-wrap wrap-anywhere">
        <code>{commands.join("\n")}</code>
      </pre>
      <div className="mt-5">{children}</div>
    </section>
  );
}
