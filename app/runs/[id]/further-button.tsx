"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ShownJob } from "../../../lib/runs/job.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { ask, type Fault } from "../ask.ts";
import { FaultSentence } from "../fault-sentence.tsx";

const words = {
  train: { name: "goOn", hint: "goOnHint" },
  release: { name: "release", hint: "releaseHint" },
} as const;

/** Asks for what can be done with a run that is over. */
export function FurtherButton({ id, kind }: { readonly id: string; readonly kind: ShownJob["kind"] }) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const [isAsked, setAsked] = useState(false);
  const [fault, setFault] = useState<Fault>();
  async function go() {
    setAsked(true);
    const answer = await ask(`/runs/${id}/job`);
    if (answer.ok) return router.push("/runs");
    setAsked(false);
    setFault(answer);
  }
  return (
    <p className="mt-4 flex flex-wrap items-center gap-4 text-sm text-muted">
      <Button disabled={isAsked} onClick={() => void go()}>
        {t(words[kind].name)}
      </Button>
      <span aria-live="polite">
        {isAsked ? t("asked") : fault ? <FaultSentence sentence={fault.sentence} /> : t(words[kind].hint)}
      </span>
    </p>
  );
}
