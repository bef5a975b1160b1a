"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../lib/ui/button.tsx";

/** The line that makes the same run again, to copy. */
export function Command({ command }: { readonly command: string | undefined }) {
  const t = useTranslations("workshop.runs");
  const [isCopied, setCopied] = useState(false);
  return (
    <section className="mt-8 border-t border-line pt-6">
      <h2 className="text-xl font-semibold">{t("again")}</h2>
      {command === undefined ? (
        <p className="mt-2 text-muted">{t("againHint")}</p>
      ) : (
        <>
          <pre className="mt-3 rounded-md border border-line bg-sheet p-4 text-sm whitespace-pre-wrap wrap-anywhere">
            <code>{command}</code>
          </pre>
          <div className="mt-3">
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(command).then(
                  () => setCopied(true),
                  () => undefined, // the line can be selected by hand
                )
              }
            >
              <span aria-live="polite">{isCopied ? t("copied") : t("copy")}</span>
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
