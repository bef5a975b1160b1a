import type { ComponentProps } from "react";

const looks = {
  /** The one thing to do next. */
  primary: "bg-accent text-on-accent hover:opacity-90 active:opacity-80",
  /** Everything else. */
  quiet:
    "border border-edge text-ink hover:border-ink hover:bg-sheet active:bg-accent-wash aria-pressed:border-ink aria-pressed:bg-signal-wash",
};

/** A button of at least 44 px, the size of a fingertip (WCAG 2.2, 2.5.5). */
export function Button({
  look = "quiet",
  className = "",
  ...rest
}: ComponentProps<"button"> & { readonly look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-md px-4 text-sm font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
