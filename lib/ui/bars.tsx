import type { Quantities } from "./quantities.ts";

/** One of several possibilities, with its probability. */
export interface Possibility {
  readonly id: string;
  readonly name: string;
  readonly probability: number;
}

interface BarsProps {
  /** What the list is, for those who don't see it. */
  readonly label: string;
  /** The likeliest first. */
  readonly possibilities: readonly Possibility[];
  /** How many there will be: empty rows keep their place while there are none. */
  readonly rows: number;
  readonly quantities: Quantities;
}

/** Possibilities as labelled bars. The rows keep their size, so nothing moves when an answer comes. */
export function Bars({ label, possibilities, rows, quantities }: BarsProps) {
  if (possibilities.length === 0) {
    return (
      <div aria-hidden="true">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike.
          <div key={row} className="flex h-11 flex-col justify-end">
            <div className={track} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <ol aria-label={label}>
      {possibilities.map(({ id, name, probability }, rank) => (
        <li
          key={id}
          className={`flex h-11 flex-col justify-end ${rank === 0 ? "font-medium" : "text-muted"}`}
        >
          <div className="mb-1 flex items-baseline justify-between gap-4 text-sm">
            <span className="truncate">{name}</span>
            <span className="figures">{quantities.share(probability)}</span>
          </div>
          <Bar share={probability} />
        </li>
      ))}
    </ol>
  );
}

const track = "h-1.5 overflow-hidden rounded-full bg-line";

/** A bar as long as its share of the width, in [0, 1]. */
export function Bar({ share }: { readonly share: number }) {
  return (
    <div className={track}>
      <div
        className="h-full origin-left rounded-full bg-signal motion-safe:transition-transform motion-safe:duration-200 motion-safe:starting:scale-x-0"
        ref={(element) => {
          // Set from here and not as markup: the page's policy allows no inline styles.
          if (element !== null) element.style.transform = `scaleX(${share})`;
        }}
      />
    </div>
  );
}
