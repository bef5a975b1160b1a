"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Correction } from "../../lib/corrections/correction.ts";
import { useClassName } from "../../lib/corrections/use-class-name.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Dialog } from "../../lib/ui/dialog.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { useTrainingQuantities } from "../runs/quantities.ts";
import { CorrectedItem } from "./corrected-item.tsx";
import { SendOffer } from "./send-offer.tsx";

interface CorrectionEntryProps {
  readonly correction: Correction;
  readonly classes: Manifest["classes"];
  readonly onChange: (correction: Correction) => void;
  readonly onDelete: (id: string) => void;
}

/** A correction with the thing that it is about, and what can be done with it. */
export function CorrectionEntry({ correction, classes, onChange, onDelete }: CorrectionEntryProps) {
  const t = useTranslations("corrections");
  const { share } = useQuantities();
  const { moment } = useTrainingQuantities();
  const className = useClassName(classes);
  const heading = useId();
  const [offering, setOffering] = useState(false);
  const { id, kind, name, made, sent, said, answered, probability, version } = correction;
  const values = { name: className(said), date: moment(made) };
  return (
    <li className="grid grid-cols-[5rem_1fr] gap-x-4 gap-y-2 border-b border-line py-4 sm:grid-cols-[8rem_1fr_auto]">
      <div className={kind === "image" ? "" : "col-span-2 sm:col-span-3"}>
        <CorrectedItem
          kind={kind}
          source={correction.content}
          label={name || t(`page.item.${kind}`)}
          className="h-16 w-full sm:h-24"
        />
      </div>
      <div className={kind === "image" ? "min-w-0" : "col-span-2 min-w-0"}>
        <p className="font-medium">{t("page.said", { name: values.name })}</p>
        <p className="text-sm text-muted">
          {answered === null || probability === null
            ? t("page.wasNone")
            : t("page.was", { name: className(answered), share: share(probability) })}
        </p>
        <p className="figures text-sm wrap-anywhere text-muted">
          {[name, values.date, version].filter(Boolean).join(" · ")}
        </p>
        <p className="text-sm text-muted">
          {sent === null ? t("page.notSent") : t("page.sentOn", { date: moment(sent) })}
        </p>
      </div>
      <div className="col-span-2 flex flex-wrap items-start gap-2 sm:col-span-1 sm:justify-end">
        {sent === null && (
          <Button aria-label={t("page.sendOf", values)} onClick={() => setOffering(true)}>
            {t("page.send")}
          </Button>
        )}
        <Button aria-label={t("page.deleteOf", values)} onClick={() => onDelete(id)}>
          {t("page.delete")}
        </Button>
      </div>
      {offering && (
        <Dialog labelledBy={heading} onClose={() => setOffering(false)}>
          {(close) => (
            <>
              <h2 id={heading} className="mb-4 text-lg font-semibold">
                {t("page.said", { name: values.name })}
              </h2>
              <SendOffer correction={correction} onSent={onChange} />
              <div className="mt-2 flex justify-end">
                <Button look="primary" onClick={close}>
                  {t("close")}
                </Button>
              </div>
            </>
          )}
        </Dialog>
      )}
    </li>
  );
}
