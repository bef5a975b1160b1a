import type { Run, RunNews, StepMetrics } from "../../runs/run.ts";
import type { Client } from "../database.ts";
import { readRunFolder } from "./run-folder.ts";
import { findRun, keepRun } from "./run-store.ts";
import { signature } from "./take-in.ts";

/** More points than a chart has pixels help nobody. */
const MOST_STEPS = 400;

/** Milliseconds between two looks at the folder. */
const LOOK_EVERY = 1000;

/** Looks without news after which the run is read all the same: its process may have died. */
const PATIENT_LOOKS = 10;

/**
 * What happens to a run, as server-sent events (HTML Standard §9.2): all that is known of it at once, again at each
 * change, and for the last time when it is over. `signal` ends it before.
 *
 * @param forOwner whether to say why it failed, which may name what lies on the server
 */
export function runNews(
  client: Client,
  folder: string,
  forOwner: boolean,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start(controller) {
      let before = "";
      let looks = 0;
      async function look(): Promise<void> {
        const now = await signature(folder);
        looks = now === before ? looks + 1 : 0;
        if (looks % PATIENT_LOOKS === 0) {
          before = now;
          const { steps, epochs, ...run } = await kept(client, folder);
          const { id, name, task, network, started, heard, outcome } = run;
          const reason = forOwner ? run.reason : null;
          const { bestEpoch, bestTop1, itemsPerSecond, peakMemory } = run;
          const summary = {
            ...{ id, name, task, network, started, heard, outcome, reason },
            ...{ bestEpoch, bestTop1, itemsPerSecond, peakMemory },
          };
          const news: RunNews = { summary, epochs, steps: thinned(steps) };
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(news)}\n\n`));
          if (outcome !== "running") return controller.close();
        }
        timer = setTimeout(watch, LOOK_EVERY);
      }
      const watch = () => {
        if (!signal.aborted) look().catch((error) => controller.error(error));
      };
      signal.addEventListener("abort", () => clearTimeout(timer));
      watch();
    },
    cancel: () => clearTimeout(timer),
  });
}

async function kept(
  client: Client,
  folder: string,
): Promise<Run & { readonly steps: readonly StepMetrics[] }> {
  const found = await readRunFolder(folder).catch(() => undefined);
  if (found) {
    await keepRun(client, found);
    return found;
  }
  // It is on another machine, whose worker tells the database.
  const { id } = await client.run.findFirstOrThrow({ where: { folder }, select: { id: true } });
  return { ...(await findRun(client, id))!, steps: [] };
}

/** Every so manieth, and the last. */
function thinned<T>(all: readonly T[]): readonly T[] {
  const every = Math.ceil(all.length / MOST_STEPS);
  return all.filter((_, i) => i % every === 0 || i === all.length - 1);
}
