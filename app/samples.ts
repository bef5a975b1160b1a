/** A picture to try a task with, drawn for this site: its source lies beside it under public/samples. */
const samples: Readonly<Record<string, string>> = {
  instruments: "/samples/instruments.webp",
};

/** The address of a task's sample picture; undefined for tasks that have none. */
export const sampleOf = (task: string): string | undefined => samples[task];
