/** One labelled file. */
export interface Sample {
  /** Where the file is, absolute or relative to the working directory. */
  readonly path: string;
  /** Index of its class. */
  readonly label: number;
}
