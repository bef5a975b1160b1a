import type { Rng } from "../random.ts";
import type { TextConfig } from "./textConfig.ts";

/** What a text is drawn by. */
interface Drawn {
  readonly label: number;
  readonly source: string;
}

/** Texts of one source and class, and how often each is read in an epoch. */
interface Group {
  readonly members: readonly number[];
  readonly draws: number;
}

/** The texts in groups by source and class, in the order in which they come first. */
function groupsOf(
  texts: readonly Drawn[],
  classes: number,
  { draws, balanced }: Pick<TextConfig, "draws" | "balanced">,
): Group[] {
  const groups = new Map<string, number[]>();
  const ofClass = new Array<number>(classes).fill(0);
  for (const [i, { label, source }] of texts.entries()) {
    const key = `${label} ${source}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(i);
    ofClass[label]!++;
  }
  const most = Math.max(...ofClass);
  return [...groups.values()].map((members) => {
    const { label, source } = texts[members[0]!]!;
    const alike = balanced ? most / ofClass[label]! : 1;
    return { members, draws: alike * (draws[source]?.[label] ?? 1) };
  });
}

/**
 * What epochs read: from a source of randomness the indices of the texts of one, as many in each. A text that is read
 * 1.5 times is read once or twice; all are before one is read again.
 */
export function drawer(
  texts: readonly Drawn[],
  classes: number,
  config: Pick<TextConfig, "draws" | "balanced">,
): { readonly count: number; draw(rng: Rng): Uint32Array } {
  const groups = groupsOf(texts, classes, config);
  const sizes = groups.map(({ members, draws }) => Math.round(draws * members.length));
  const count = sizes.reduce((sum, size) => sum + size, 0);
  return {
    count,
    draw(rng) {
      const drawn = new Uint32Array(count);
      let at = 0;
      for (const [g, { members }] of groups.entries()) {
        const order = rng.fork("group", g).permutation(members.length);
        for (let k = 0; k < sizes[g]!; k++) drawn[at++] = members[order[k % members.length]!]!;
      }
      return drawn;
    },
  };
}

/** For each source which classes it has no text of. */
export function missingClasses(
  texts: readonly Drawn[],
  classes: number,
): ReadonlyMap<string, readonly number[]> {
  const seen = new Map<string, Set<number>>();
  for (const { label, source } of texts) {
    const labels = seen.get(source) ?? new Set();
    seen.set(source, labels.add(label));
  }
  return new Map(
    [...seen].map(([source, labels]) => [
      source,
      Array.from({ length: classes }, (_, c) => c).filter((c) => !labels.has(c)),
    ]),
  );
}
