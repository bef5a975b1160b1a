import { resolve } from "node:path";
import { environment } from "./environment.ts";

/** Where the app keeps what it remembers, from the repository's root folder. */
export const dataFolder = (root: string): string => resolve(root, environment().NACRE_DATA);
