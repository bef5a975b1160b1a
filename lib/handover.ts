/** A picture on its way from the home page to the page of a task, within this tab's memory. */

let waiting: File | undefined;

/** Leaves a picture for the page that opens next. */
export function handOver(picture: File): void {
  waiting = picture;
}

/** Takes the picture that was left, once. */
export function takeOver(): File | undefined {
  const picture = waiting;
  waiting = undefined;
  return picture;
}
