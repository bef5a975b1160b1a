import type { Manifest } from "../../engine/release/manifest.ts";
import type { Locale } from "../preferences.ts";
import type { Photo } from "./batch.ts";

/** Which photos are wanted: all, those of a class, those that show nothing known, those that failed. */
export type Wanted = "all" | "unknown" | "failed" | `class:${string}`;

/** "arrival" keeps the order in which they came; "certain" has the most probable answer first. */
export const orders = ["arrival", "name", "class", "certain", "uncertain"] as const;
export type Order = (typeof orders)[number];

/** What the reader wants to see of a batch, and in which order. */
export interface Selection {
  readonly wanted: Wanted;
  /** Only answers of at least this probability, in [0, 1]; 0 also lets through what is not known or has no answer. */
  readonly atLeast: number;
  readonly order: Order;
}

/** The likeliest class of an answer. */
export interface Best {
  readonly class: Manifest["classes"][number];
  readonly probability: number;
  /** Whether the photo shows any of the classes, as far as the model can tell. */
  readonly known: boolean;
}

type Classes = Manifest["classes"];

/** The likeliest class of a photo's answer, the first of equals; undefined where there is no answer (yet). */
export function bestOf({ state }: Pick<Photo, "state">, classes: Classes): Best | undefined {
  if (state.phase !== "answered") return undefined;
  const { probabilities, known = true } = state.answer;
  let best = 0;
  for (let c = 1; c < classes.length; c++) if (probabilities[c]! > probabilities[best]!) best = c;
  return { class: classes[best]!, probability: probabilities[best]!, known };
}

/** The photos that are wanted, in the order that is wanted. Equals keep their order of arrival. */
export function select(
  photos: readonly Photo[],
  { wanted, atLeast, order }: Selection,
  classes: Classes,
  locale: Locale,
): Photo[] {
  const named = photos.map((photo): Named => ({ photo, best: bestOf(photo, classes) }));
  const passing = named.filter(({ photo, best }) => {
    if (atLeast > 0 && (!best?.known || best.probability < atLeast)) return false;
    return wanted === "all" || groupOf(photo, best) === wanted;
  });
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const comparisons: Readonly<Record<Order, (a: Named, b: Named) => number>> = {
    arrival: (a, b) => a.photo.key - b.photo.key,
    name: (a, b) => compare(a.photo.file.name, b.photo.file.name),
    class: (a, b) =>
      Math.floor(standing(b) / 2) - Math.floor(standing(a) / 2) || // the known, the unknown, the unanswered
      compare(a.best?.class[locale] ?? "", b.best?.class[locale] ?? "") ||
      standing(b) - standing(a),
    certain: (a, b) => standing(b) - standing(a),
    uncertain: (a, b) =>
      Number(a.best === undefined) - Number(b.best === undefined) || standing(a) - standing(b),
  };
  return passing.sort(comparisons[order]).map(({ photo }) => photo);
}

/** How many photos there are of each kind that can be wanted; what none is of is missing. */
export function countWanted(photos: readonly Photo[], classes: Classes): ReadonlyMap<Wanted, number> {
  const counts = new Map<Wanted, number>([["all", photos.length]]);
  for (const photo of photos) {
    const group = groupOf(photo, bestOf(photo, classes));
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}

interface Named {
  readonly photo: Photo;
  readonly best: Best | undefined;
}

/** How certain an answer is: from 2 on where it is known, from 0 on where not, −1 where there is none. */
function standing({ best }: Named): number {
  return best === undefined ? -1 : best.probability + 2 * Number(best.known);
}

function groupOf({ state }: Photo, best: Best | undefined): Wanted | undefined {
  if (state.phase === "failed") return "failed";
  if (best === undefined) return undefined;
  return best.known ? `class:${best.class.id}` : "unknown";
}
