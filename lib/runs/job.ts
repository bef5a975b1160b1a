/** What was asked for on the pages, as they show it. Dates are ISO 8601. */

/** How a job stands: "lost" is one whose process ended without a word. */
export type JobState = "queued" | "running" | "finished" | "stopped" | "failed" | "lost";

/** Something that was asked for: a training, or the release of one. */
export interface ShownJob {
  readonly id: string;
  readonly kind: "train" | "release";
  readonly task: string;
  /** The run's name. */
  readonly name: string;
  /** Of the run, once there is one. */
  readonly runId: string | null;
  readonly state: JobState;
  /** Why it failed, in a sentence; the version that it released. */
  readonly reason: string | null;
  readonly asked: string;
  /** Somebody wants it to stop. */
  readonly isStopping: boolean;
}

/** What a training would be, before it is asked for. */
export interface Outlook {
  /** What it learns from: "image", "sound", "text". */
  readonly kind: string;
  readonly network: string;
  /** No task is called so yet. */
  readonly isNew: boolean;
  readonly epochs: number;
  /** Such as "9017 pictures of 22 classes (val 495, test 880)". */
  readonly summary: string;
  /** The file or folder that the first weights come from. */
  readonly init: string;
  /** What it amounts to on the command line. */
  readonly commands: readonly string[];
}
