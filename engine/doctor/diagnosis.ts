import type { SplitName } from "../data/folder.ts";

/** A picture with what its folders say of it. */
export interface Labelled {
  readonly path: string;
  /** Index of its class. */
  readonly label: number;
  readonly split: SplitName | "all";
}

/** Everything that is amiss with a folder of pictures. Lists begin with the worst. */
export interface Diagnosis {
  readonly directory: string;
  readonly classes: readonly string[];
  /** How many there are, readable or not. */
  readonly pictures: number;
  readonly unreadable: readonly { readonly picture: Labelled; readonly reason: string }[];
  /** Pictures with a side below TINY. */
  readonly tiny: readonly { readonly picture: Labelled; readonly width: number; readonly height: number }[];
  /** Pictures of hardly more than one brightness. */
  readonly blank: readonly Labelled[];
  readonly duplicates: readonly Duplicates[];
  readonly balance: Balance;
  readonly labels: LabelCheck;
}

/** Pictures that show the same. */
export interface Duplicates {
  /** Two or more. */
  readonly pictures: readonly Labelled[];
  /** Whether some are mirror images of others. */
  readonly mirrored: boolean;
  /** How far the edges of the pair that is least alike agree, in [0.9, 1]. */
  readonly likeness: number;
  /** They have different labels, so that one is wrong. */
  readonly disagree: boolean;
  /** They are in different splits, so that what is measured on one was learnt from the other. */
  readonly leak: boolean;
}

/** How evenly pictures are spread over classes and splits. */
export interface Balance {
  /** In the order train, val, test; or "all" alone. */
  readonly splits: readonly Labelled["split"][];
  /** Pictures in [classes][splits]. */
  readonly counts: readonly (readonly number[])[];
  /** How many times the smallest class that is not empty goes into the largest, in what is trained on. */
  readonly ratio: number;
  /** Classes with less than half the median of pictures to train on, the rarest first. */
  readonly rare: readonly number[];
}

/** What was found out about the labels. */
export interface LabelCheck {
  /** How many pictures were judged. */
  readonly checked: number;
  readonly suspects: readonly SuspectPicture[];
  /** Classes with too few different pictures to judge theirs. */
  readonly unchecked: readonly number[];
}

/** A picture whose label is probably wrong. */
export interface SuspectPicture {
  readonly picture: Labelled;
  /** The class that is likeliest, and how likely it and the given label are. */
  readonly suggested: number;
  readonly suggestedProbability: number;
  readonly labelProbability: number;
}

/** A picture with a shorter side than this, in pixels, is called tiny. */
export const TINY = 64;
