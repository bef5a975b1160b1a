"use client";

import { useState } from "react";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";

const placeId = "notices";

/** Where notices appear: over the lower edge of the page, and read out without interrupting. */
export function NoticePlace() {
  return (
    <div
      id={placeId}
      aria-live="polite"
      className="fixed inset-x-4 bottom-4 z-20 flex flex-col gap-3 sm:inset-x-auto sm:right-6 sm:bottom-6 sm:w-96"
    />
  );
}

interface NoticeProps {
  readonly text: string;
  /** What to do about it. */
  readonly action: string;
  readonly onAction: () => void;
}

/** Something that can wait, with a button for it and one that puts the notice away. Not for the server to draw. */
export function Notice({ text, action, onAction }: NoticeProps) {
  const t = useTranslations("update");
  const [open, setOpen] = useState(true);
  const place = document.getElementById(placeId);
  if (!open || place === null) return null;
  return createPortal(
    <div className="rounded-md border border-line bg-sheet p-4 shadow-sheet">
      <p className="text-sm">{text}</p>
      <div className="mt-3 flex justify-end gap-3">
        <Button onClick={() => setOpen(false)}>{t("later")}</Button>
        <Button look="primary" onClick={onAction}>
          {action}
        </Button>
      </div>
    </div>,
    place,
  );
}
