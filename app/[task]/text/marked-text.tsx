import type { Contribution, Word } from "../../../lib/text/words.ts";
import { levelled } from "../../../lib/text/words.ts";

/**
 * The look of each level: for is a solid line and one colour, against a dashed one and another; both can be told
 * apart without seeing colours, and by those who see few.
 */
const looks: Readonly<Record<Exclude<Word["level"], 0>, string>> = {
  3: "bg-for/40 decoration-for decoration-solid decoration-[3px]",
  2: "bg-for/25 decoration-for decoration-solid decoration-2",
  1: "bg-for/12 decoration-for decoration-solid decoration-1",
  [-1]: "bg-against/12 decoration-against decoration-dashed decoration-1",
  [-2]: "bg-against/25 decoration-against decoration-dashed decoration-2",
  [-3]: "bg-against/40 decoration-against decoration-dashed decoration-[3px]",
};

interface MarkedTextProps {
  readonly text: string;
  readonly words: readonly Contribution[];
  /** The weight that counts as the strongest. */
  readonly strongest: number;
}

/** A text with its words coloured by what they say. What the colours say stands beside it as a sentence. */
export function MarkedText({ text, words, strongest }: MarkedTextProps) {
  return levelled(text.length, words, strongest).map(({ start, end, level }) =>
    level === 0 ? (
      text.slice(start, end)
    ) : (
      <mark
        key={start}
        data-level={level}
        className={`rounded-sm text-ink underline underline-offset-4 motion-safe:transition-colors ${looks[level]}`}
      >
        {text.slice(start, end)}
      </mark>
    ),
  );
}

/** What the two looks mean. */
export function MarkLegend({ speaksFor, against }: { readonly speaksFor: string; readonly against: string }) {
  return (
    <p aria-hidden="true" className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
      <span>
        <span className={`rounded-sm px-1.5 text-ink underline underline-offset-4 ${looks[2]}`}>abc</span>{" "}
        {speaksFor}
      </span>
      <span>
        <span className={`rounded-sm px-1.5 text-ink underline underline-offset-4 ${looks[-2]}`}>abc</span>{" "}
        {against}
      </span>
    </p>
  );
}
