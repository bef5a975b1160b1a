import { resolve } from "node:path";

/** Where the app keeps what it remembers: NACRE_DATA, or .nacre-data in the repository's root folder. */
export const dataFolder = (root: string): string => resolve(root, process.env.NACRE_DATA || ".nacre-data");
