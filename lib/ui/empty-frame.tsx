"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

interface EmptyFrameProps {
  /** The file chooser that a click or tap opens. */
  readonly inputId: string;
  /** A drawing. */
  readonly mark: ReactNode;
  /** Something is being dragged over the page. */
  readonly dragging: boolean;
  /** What to do, with a mouse and with a finger. */
  readonly drop: string;
  readonly tap: string;
}

/** What stands in a frame that waits for something to be dropped, chosen or pasted. */
export function EmptyFrame({ inputId, mark, dragging, drop, tap }: EmptyFrameProps) {
  const t = useTranslations("picture");
  return (
    <label
      htmlFor={inputId}
      className="absolute inset-0 flex flex-col items-center justify-center gap-1 px-6 text-center"
    >
      <RegistrationMarks />
      <span className="mb-3 text-signal">{mark}</span>
      {dragging ? (
        <span className="text-lg font-medium">{t("release")}</span>
      ) : (
        <>
          <span className="text-lg font-medium pointer-coarse:hidden">{drop}</span>
          <span className="hidden text-lg font-medium pointer-coarse:inline">{tap}</span>
        </>
      )}
      <span className="text-sm text-muted pointer-coarse:hidden">{t("paste")}</span>
    </label>
  );
}

/** Four corner marks, as printers set them around a plate. */
function RegistrationMarks() {
  const corner = "pointer-events-none absolute size-3 border-edge group-data-dragging:border-signal";
  return (
    <span aria-hidden="true">
      <span className={`${corner} top-2 left-2 border-t border-l`} />
      <span className={`${corner} top-2 right-2 border-t border-r`} />
      <span className={`${corner} bottom-2 left-2 border-b border-l`} />
      <span className={`${corner} right-2 bottom-2 border-r border-b`} />
    </span>
  );
}
