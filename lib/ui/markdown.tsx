import { Fragment, type ReactNode } from "react";
import { ScrollRegion } from "./scroll-region.tsx";

/** A piece of a text in Markdown. */
type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/**
 * Text in Markdown (CommonMark §4, GitHub's tables) as model cards use it: headings, paragraphs, tables, fenced code,
 * and `**strong**` words. Anything else stays as it is written; nothing in it can become markup.
 *
 * @param level of the text's first heading on this page, 1 to 6
 */
export function Markdown({ text, level }: { readonly text: string; readonly level: number }) {
  const all = blocks(text);
  const under = (i: number) => all.slice(0, i).findLast((block) => block.kind === "heading")?.text ?? "";
  const keyed = all.map((block, i) => ({ key: i, block, under: under(i) }));
  return (
    <div className="text-sm">
      {keyed.map(({ key, block, under }) => (
        <Fragment key={key}>{drawn(block, level, under)}</Fragment>
      ))}
    </div>
  );
}

/** @param under the heading that it stands under */
function drawn(block: Block, level: number, under: string): ReactNode {
  switch (block.kind) {
    case "heading": {
      const Heading = `h${Math.min(6, level + block.level - 1)}` as "h2";
      return <Heading className="mt-6 mb-2 text-base font-semibold">{block.text}</Heading>;
    }
    case "paragraph":
      return <p className="mt-2 max-w-prose text-muted wrap-anywhere">{strong(block.text)}</p>;
    case "code":
      return (
        <ScrollRegion label={under}>
          <pre className="mt-2 text-xs leading-tight">{block.text}</pre>
        </ScrollRegion>
      );
    case "table":
      return (
        <ScrollRegion label={under}>
          <table className="figures mt-2">
            <thead className="text-muted">
              <tr>{block.head.map((cell, i) => cellOf("th", cell, i))}</tr>
            </thead>
            <tbody>
              {block.rows.map((row) => (
                <tr key={row.join("|")}>{row.map((cell, i) => cellOf("td", cell, i))}</tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      );
  }
}

function cellOf(Cell: "th" | "td", text: string, column: number): ReactNode {
  const look =
    Cell === "th" ? "border-b border-line py-1 pr-6 text-left font-normal" : "py-0.5 pr-6 align-top";
  return (
    <Cell key={column} className={`${look} last:pr-0`}>
      {strong(text)}
    </Cell>
  );
}

const strong = (text: string): ReactNode =>
  text.split(/\*\*(.+?)\*\*/).map((part, i) => (i % 2 === 1 ? <strong key={part}>{part}</strong> : part));

/** The blocks of a text, in their order. */
export function blocks(text: string): readonly Block[] {
  const lines = text.split(/\r?\n/);
  const found: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    const take = (more: (line: string) => boolean): string[] => {
      const from = i;
      while (i + 1 < lines.length && more(lines[i + 1]!)) i++;
      return lines.slice(from, i + 1);
    };
    if (line.trim() === "") continue;
    if (heading) found.push({ kind: "heading", level: heading[1]!.length, text: heading[2]! });
    else if (line.startsWith("```")) {
      const code = take((next) => !next.startsWith("```")).slice(1);
      i++; // the fence that ends it
      found.push({ kind: "code", text: code.join("\n") });
    } else if (line.startsWith("|")) {
      const [head, , ...rows] = take((next) => next.startsWith("|")).map(cells);
      found.push({ kind: "table", head: head!, rows });
    } else {
      const paragraph = take((next) => next.trim() !== "" && !/^(#{1,6} |```|\|)/.test(next));
      found.push({ kind: "paragraph", text: paragraph.join(" ") });
    }
  }
  return found;
}

const cells = (row: string): string[] =>
  row
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
