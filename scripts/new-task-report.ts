/** What a person should know of the pictures of a new task before training. */

import type { SplitName } from "../engine/data/folder.ts";
import type { Splits } from "../engine/data/split.ts";
import { findClass, type TaskClass } from "../engine/task.ts";

/** A class with fewer pictures to train on than this is seldom learned well. */
const FEW = 50;
/** A class so many times as large as another draws answers to itself. */
const UNEQUAL = 5;

const SPLITS: readonly SplitName[] = ["train", "val", "test"];

/** Lines: a table of the classes and their pictures in each split, then a sentence for whatever may do harm. */
export function taskReport(
  folders: readonly string[],
  classes: readonly TaskClass[],
  splits: Splits,
): string[] {
  const counts = classes.map((_, label) =>
    SPLITS.map((name) => splits[name].filter((sample) => sample.label === label).length),
  );
  const rows = [["", ...SPLITS], ...classes.map(({ en }, label) => [en, ...counts[label]!.map(String)])];
  const width = Math.max(...rows.map(([name]) => name!.length));
  return [
    ...rows.map(([name, ...cells]) => name!.padEnd(width) + cells.map((cell) => cell.padStart(7)).join("")),
    ...notesOnNames(folders, classes),
    ...notesOnCounts(classes, counts),
  ];
}

function notesOnNames(folders: readonly string[], classes: readonly TaskClass[]): string[] {
  return classes
    .map((_, label) => folders.filter((folder) => findClass(classes, folder) === label))
    .filter((same) => same.length > 1)
    .map((same) => `The folders ${same.join(" and ")} are one class. Rename one of them if they are two.`);
}

function notesOnCounts(classes: readonly TaskClass[], counts: readonly (readonly number[])[]): string[] {
  const notes: string[] = [];
  const names = (is: (train: number, test: number) => boolean) =>
    classes.filter((_, label) => is(counts[label]![0]!, counts[label]![2]!)).map(({ en }) => en);
  const train = counts.map(([first]) => first!);
  const [least, most] = [Math.min(...train), Math.max(...train)];
  const few = names((pictures) => pictures < FEW);
  if (few.length > 0)
    notes.push(`Fewer than ${FEW} pictures to train on: ${few.join(", ")}. More of them would help most.`);
  if (most > UNEQUAL * least) {
    const [[large], [small]] = [names((n) => n === most), names((n) => n === least)];
    notes.push(
      `There are ${Math.round(most / least)} times as many pictures of ${large} as of ${small}. Train with --config FILE, where the file holds {"balanced": true}.`,
    );
  }
  const untested = names((_, test) => test === 0);
  if (untested.length === classes.length)
    notes.push(
      "There are no test pictures: accuracy will be told from val, which makes it look better than it is.",
    );
  else if (untested.length > 0) notes.push(`No test pictures: ${untested.join(", ")}.`);
  return notes;
}
