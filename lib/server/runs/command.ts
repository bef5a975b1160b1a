import type { Asked } from "./asked.ts";

/** Options of `npm run train` that say where and how, not what. */
const beside = /^--(out|resume|no-release|checkpoint-every)$/;

/**
 * The line that makes the same run again: as it was typed, or, where that was not written down, from what was asked.
 *
 * @param words those after "npm run train --"
 */
export function commandOf(asked: Asked, words: readonly string[] | undefined): string {
  const { task, data, init, without, corrections, strangers, config, threads, device } = asked;
  const derived = [
    task,
    ...["--data", data, "--init", init],
    ...(without === undefined ? [] : ["--without", without]),
    ...(corrections === undefined ? [] : ["--with-corrections", corrections.folder]),
    ...(strangers === undefined ? [] : ["--strangers", strangers]),
    ...["--network", config.network, "--seed", String(config.seed ?? 1)],
    ...["--threads", String(threads), "--device", device],
  ];
  return ["npm run train --", ...(words?.length ? withoutPlaces(words) : derived).map(quoted)].join(" ");
}

/** Without the options that name this run's own folder, which a new one must not write to. */
function withoutPlaces(words: readonly string[]): readonly string[] {
  return words.filter((word, i) => {
    if (beside.test(word)) return false;
    const before = words[i - 1] ?? "";
    return !(beside.test(before) && before !== "--no-release");
  });
}

/** A word as a POSIX shell takes it for one (POSIX.1-2024, Shell Command Language §2.2.2). */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
