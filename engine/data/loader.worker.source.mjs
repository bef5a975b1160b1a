// Starts the loader's worker from its TypeScript source: a thread does not inherit tsx from its parent.
import { register } from "tsx/esm/api";

register();
await import("./loader.worker.ts");
