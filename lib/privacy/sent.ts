import { meterUploads } from "./upload-meter.ts";

/** How many bytes this page and its workers have sent in request bodies since it was opened. */
let sent = 0;
const listeners = new Set<() => void>();

/** The count, for useSyncExternalStore. */
export const sentBytes = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => sent,
};

/** Adds what was sent elsewhere, in a worker. */
export function countSent(bytes: number): void {
  sent += bytes;
  for (const listener of listeners) listener();
}

/** Begins to count in this page. To be called once, before any other code can send something. */
export function startCounting(): void {
  meterUploads(window, countSent);
}
