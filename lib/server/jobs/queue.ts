/** Hands the jobs of the database to whoever works, each to one worker at a time. */
export interface Queue {
  /** Tells workers of a job that is in the database. To say it twice does no harm. */
  announce(id: string): Promise<void>;
  /** Waits for a job, and holds it for this worker; undefined once `signal` aborts. */
  next(signal: AbortSignal): Promise<Held | undefined>;
  close(): Promise<void>;
}

/** A job that a worker holds, for as long as the worker is there. */
export interface Held {
  readonly id: string;
  /** Aborts when the queue has heard nothing of this worker for so long that another one may have the job. */
  readonly lost: AbortSignal;
  /** Lets it go: it is over. */
  done(): Promise<void>;
  /** Lets it go: another worker is to go on with it. */
  giveBack(): Promise<void>;
}
