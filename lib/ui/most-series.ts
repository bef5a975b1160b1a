/** How many lines of one chart can be told apart. */
export const MOST_SERIES = 4;
