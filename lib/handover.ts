/** Files on their way from the home page to the page of a task, within this tab's memory. */

let waiting: readonly File[] = [];

/** Leaves files for the page that opens next. */
export function handOver(files: readonly File[]): void {
  waiting = files;
}

/** Takes the files that were left, once; none if there are none. */
export function takeOver(): readonly File[] {
  const files = waiting;
  waiting = [];
  return files;
}
