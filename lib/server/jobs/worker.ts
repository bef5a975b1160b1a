import type { Client } from "../database.ts";
import type { Queue } from "./queue.ts";

/** Somebody who does jobs. */
export interface Worker {
  readonly client: Client;
  readonly queue: Queue;
  /** The repository's root folder. */
  readonly root: string;
  /** Whoever works is to end. */
  readonly signal: AbortSignal;
  /**
   * Whether what it starts ends with it, and what another one left unfinished is gone on with. Otherwise its processes
   * outlive it and are found again, and a person decides what becomes of one that died.
   */
  readonly bound: boolean;
  /** Hears what happens, in a line. */
  readonly report: (line: string) => void;
}
