import { useId } from "react";
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
  /** None of them stands out, because all are mere guesses. */
  readonly quiet?: boolean;
  /** The id of the one that is chosen. Without it, they are there to be read only. */
  readonly chosen?: string;
  readonly onChoose?: (id: string) => void;
}

/** Possibilities as labelled bars. The rows keep their size, so nothing moves when an answer comes. */
export function Bars({ label, possibilities, rows, quantities, quiet = false, chosen, onChoose }: BarsProps) {
  const group = useId();
  if (possibilities.length === 0) {
    return (
      <div aria-hidden="true">
        {Array.from({ length: rows }, (_, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike.
          <div key={number} className={row}>
            <div className={track} />
          </div>
        ))}
      </div>
    );
  }
  const lines = possibilities.map(({ id, name, probability }) => ({
    id,
    line: (
      <>
        <span className="mb-1 flex items-baseline justify-between gap-4 text-sm">
          <span className="truncate">{name}</span>
          <span className="figures">{quantities.share(probability)}</span>
        </span>
        <Bar share={probability} quiet={quiet} />
      </>
    ),
  }));
  if (chosen === undefined) {
    return (
      <ol aria-label={label}>
        {lines.map(({ id, line }, rank) => (
          <li key={id} className={`${row} ${rank === 0 && !quiet ? "font-medium" : "text-muted"}`}>
            {line}
          </li>
        ))}
      </ol>
    );
  }
  return (
    <fieldset>
      <legend className="sr-only">{label}</legend>
      {lines.map(({ id, line }) => (
        <label
          key={id}
          className={`${row} relative text-muted has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-signal`}
        >
          <input
            type="radio"
            name={group}
            value={id}
            checked={id === chosen}
            onChange={() => onChoose?.(id)}
            className="peer absolute inset-0 cursor-pointer opacity-0"
          />
          <span
            aria-hidden="true"
            className="absolute top-1/2 -left-3.5 size-1.5 rounded-full bg-ink not-peer-checked:hidden"
          />
          {line}
        </label>
      ))}
    </fieldset>
  );
}

const row = "flex h-11 flex-col justify-end";

const track = "h-1.5 overflow-hidden rounded-full bg-line";

/** A bar as long as its share of the width, in [0, 1]. */
export function Bar({ share, quiet = false }: { readonly share: number; readonly quiet?: boolean }) {
  return (
    <span className={`${track} block`}>
      <span
        className={`block h-full origin-left rounded-full ${quiet ? "bg-edge" : "bg-signal"} motion-safe:transition-transform motion-safe:duration-200 motion-safe:starting:scale-x-0`}
        ref={(element) => {
          // Set from here and not as markup: the page's policy allows no inline styles.
          if (element !== null) element.style.transform = `scaleX(${share})`;
        }}
      />
    </span>
  );
}
