import type { ReactNode } from "react";

/** How a field to choose or to write in looks. */
export const fieldLook =
  "h-11 w-full rounded-md border border-edge bg-sheet px-3 text-sm text-ink transition-colors hover:border-ink";

/** A field under its label. */
export function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in.
    <label className="block min-w-0 text-sm">
      <span className="figures mb-1 block text-muted">{label}</span>
      {children}
    </label>
  );
}
