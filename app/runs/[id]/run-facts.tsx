"use client";

import { useTranslations } from "use-intl";
import type { ShownRun } from "../../../lib/runs/run.ts";
import { useTrainingQuantities } from "../quantities.ts";

/** What a run is made of: with the same, it comes out the same. */
export function RunFacts({
  run,
  peakMemory,
}: {
  readonly run: ShownRun;
  readonly peakMemory: number | null;
}) {
  const t = useTranslations("workshop.runs");
  const { gigabytes, moment } = useTrainingQuantities();
  const { config, machine, version, fingerprint, device, threads, started } = run;
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    [t("task"), run.task],
    [t("network"), run.network],
    [t("started"), moment(started)],
    [t("threads"), t("threadsOf", { device: device.toUpperCase(), count: threads })],
    [
      t("machine"),
      machine === null
        ? undefined
        : [
            machine.host,
            t("machineOf", {
              ...{ processor: machine.processor, cores: machine.cores, memory: gigabytes(machine.memory) },
            }),
            machine.system,
            `Node ${machine.node}`,
          ]
            .filter(Boolean)
            .join(" · "),
    ],
    [t("memory"), peakMemory === null ? undefined : gigabytes(peakMemory)],
    [t("version"), version ?? undefined],
    [t("data"), fingerprint],
    ...Object.entries(config)
      .filter(([name]) => name !== "network")
      .map(([name, value]) => [name === "seed" ? t("seed") : name, written(value)] as const),
  ];
  return (
    <section className="mt-8 border-t border-line pt-6">
      <h2 className="text-xl font-semibold">{t("about")}</h2>
      <dl className="mt-3 grid grid-cols-1 gap-x-6 text-sm sm:grid-cols-[auto_1fr]">
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name} className="py-1 sm:col-span-2 sm:grid sm:grid-cols-subgrid">
              <dt className="text-muted">{name}</dt>
              <dd className="figures wrap-anywhere">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

/** A setting as in run.json, without quotation marks around a word. */
const written = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
