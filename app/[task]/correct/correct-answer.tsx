"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { CorrectDialog, type Doubted } from "./correct-dialog.tsx";

interface CorrectAnswerProps {
  readonly manifest: Manifest;
  /** Undefined while there is no answer. */
  readonly doubted: Doubted | undefined;
}

/** The way to say that an answer is wrong. It keeps its room while there is no answer. */
export function CorrectAnswer({ manifest, doubted }: CorrectAnswerProps) {
  const t = useTranslations("corrections");
  const [open, setOpen] = useState<Doubted>();
  return (
    <div className="mt-3 min-h-11 text-sm">
      {doubted !== undefined && (
        <button
          type="button"
          onClick={() => setOpen(doubted)}
          className="min-h-11 text-muted underline decoration-edge underline-offset-4 transition-colors hover:text-ink"
        >
          {t("ask")}
        </button>
      )}
      {open !== undefined && (
        <CorrectDialog manifest={manifest} doubted={open} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}
