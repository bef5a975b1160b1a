"use client";

import { useTranslations } from "use-intl";
import { PencilIcon } from "../../../lib/ui/icons.tsx";

interface CorrectRowProps {
  /** What the row is called. */
  readonly name: string;
  readonly onAsk: () => void;
}

/**
 * The way to say that the answer in a row is wrong: a pencil in the height of a line, for there are many. Its table opens
 * the dialog, which stays when the row goes.
 */
export function CorrectRow({ name, onAsk }: CorrectRowProps) {
  const t = useTranslations("corrections");
  const label = t("askOf", { name });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onAsk}
      className="-my-3 -mr-3 flex size-11 items-center justify-center rounded-md text-muted transition-colors hover:text-ink"
    >
      <PencilIcon />
    </button>
  );
}
