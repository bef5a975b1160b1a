import { ones } from "./hash.ts";
import { agreement, type Signature, type View } from "./signature.ts";

/** Pictures that show the same. */
export interface DuplicateGroup {
  /** Indices of the pictures, ascending: two or more. */
  readonly members: readonly number[];
  /** Whether some are mirror images of others. */
  readonly mirrored: boolean;
  /** How far the least alike of the pairs that were found agree, in [NEAR.agreement, 1]. */
  readonly likeness: number;
}

/**
 * What counts as the same: one of the hashes within so many of its 64 bits, and edges that agree. No pair among
 * 12 million of product photos without duplicates passes. Compressing a photo hard, halving, brightening or
 * squeezing it hardly ever fails; cutting 2 % off each side does for most.
 */
export const NEAR = { pHash: 10, dHash: 4, agreement: 0.9 } as const;

/** With less contrast than this, in levels of 256, a picture shows nothing that could be compared. */
export const BLANK = 2;

/** Numbers in the row of a picture: pHash and dHash straight, then mirrored, two words each. */
const ROW = 8;

/**
 * Groups of pictures that show the same, mirror images too, the largest first. A picture that is like one member
 * belongs to the group. Blank pictures are left out. Time grows with the square of the number of pictures, some
 * twenty nanoseconds a pair.
 */
export function duplicateGroups(signatures: readonly Signature[]): DuplicateGroup[] {
  const words = packed(signatures);
  const leader = Int32Array.from(signatures.keys());
  const find = (i: number): number => {
    while (leader[i] !== i) i = leader[i] = leader[leader[i]!]!; // halves the way for the next time
    return i;
  };
  const pairs: { a: number; likeness: number; mirrored: boolean }[] = [];
  for (let a = 1; a < signatures.length; a++) {
    if (signatures[a]!.contrast < BLANK) continue;
    for (let b = 0; b < a; b++) {
      for (const offset of [0, ROW / 2]) {
        if (!near(words, a * ROW, b * ROW + offset) || signatures[b]!.contrast < BLANK) continue;
        const other: View = offset === 0 ? signatures[b]!.straight : signatures[b]!.mirrored;
        const likeness = agreement(signatures[a]!.straight, other);
        if (likeness < NEAR.agreement) continue;
        pairs.push({ a, likeness, mirrored: offset > 0 });
        leader[find(a)] = find(b);
        break; // a symmetrical picture is no mirror image of its copy
      }
    }
  }
  const groups = new Map<number, { members: number[]; mirrored: boolean; likeness: number }>();
  for (const { a } of pairs) groups.set(find(a), { members: [], mirrored: false, likeness: 1 });
  for (const i of signatures.keys()) groups.get(find(i))?.members.push(i);
  for (const { a, likeness, mirrored } of pairs) {
    const group = groups.get(find(a))!;
    group.mirrored ||= mirrored;
    group.likeness = Math.min(group.likeness, likeness);
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length);
}

function packed(signatures: readonly Signature[]): Uint32Array {
  const words = new Uint32Array(signatures.length * ROW);
  for (const [i, { straight, mirrored }] of signatures.entries()) {
    words.set([...straight.pHash, ...straight.dHash, ...mirrored.pHash, ...mirrored.dHash], i * ROW);
  }
  return words;
}

/** Whether the hashes that begin at two places are near. */
function near(words: Uint32Array, a: number, b: number): boolean {
  return (
    ones(words[a]! ^ words[b]!) + ones(words[a + 1]! ^ words[b + 1]!) <= NEAR.pHash ||
    ones(words[a + 2]! ^ words[b + 2]!) + ones(words[a + 3]! ^ words[b + 3]!) <= NEAR.dHash
  );
}
