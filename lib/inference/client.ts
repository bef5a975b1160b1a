import type { Manifest } from "../../engine/release/manifest.ts";
import type { DeviceSwitches, Report, Request } from "./protocol.ts";

/** The page's end of a worker that holds one release. */
export interface InferenceClient {
  /** Asks for an answer; later ones overtake earlier ones. The reports carry the id that this returns. */
  classify(picture: Blob, name: string): number;
  pause(): void;
  resume(): void;
  /** Stops everything at once. No report follows. */
  close(): void;
}

/** Starts a worker that loads the release; `onReport` hears everything that it says. */
export function openInference(
  manifest: Manifest,
  switches: DeviceSwitches,
  onReport: (report: Report) => void,
): InferenceClient {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const ask = (request: Request) => worker.postMessage(request);
  const resume = () => ask({ kind: "resume" });
  let pictures = 0;

  worker.onmessage = ({ data }: MessageEvent<Report>) => onReport(data);
  // The worker's own code could not be loaded or broke: nothing in it can report that.
  worker.onerror = () =>
    onReport({ kind: "model", state: { phase: "failed", problem: { kind: "unexpected" } } });
  addEventListener("online", resume);
  ask({ kind: "open", manifest, switches });

  return {
    classify(picture, name) {
      pictures++;
      ask({ kind: "classify", id: pictures, picture, name });
      return pictures;
    },
    pause: () => ask({ kind: "pause" }),
    resume,
    close() {
      removeEventListener("online", resume);
      worker.terminate();
    },
  };
}
