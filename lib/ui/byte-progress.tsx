"use client";

/** A thin line that fills from left to right, known to screen readers as a progress bar. */
export function ByteProgress({
  received,
  total,
  label,
}: {
  readonly received: number;
  readonly total: number;
  readonly label: string;
}) {
  return (
    <progress
      aria-label={label}
      value={received}
      max={total}
      className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
    />
  );
}
