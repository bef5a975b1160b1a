import type { ReactNode } from "react";

interface ScrollRegionProps {
  /** What it holds, for whoever comes to it by keyboard. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Something wide, such as a table, that scrolls by itself where the screen is narrow. */
export function ScrollRegion({ label, className = "", children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.2, 2.1.1)
    <figure aria-label={label} tabIndex={0} className={`overflow-x-auto ${className}`}>
      {children}
    </figure>
  );
}
