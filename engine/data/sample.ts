/** The label of what is none of the classes. */
export const STRANGER = -1;

/** One labelled file. */
export interface Sample {
  /** Where the file is, absolute or relative to the working directory. */
  readonly path: string;
  /** Index of its class, or in training `STRANGER`. */
  readonly label: number;
}
