import { expect, type Locator, type Page, type Worker } from "@playwright/test";
import { TaskPage } from "./task-page.ts";

/** What a person does with many photos on a task's page. */
export class BatchPage extends TaskPage {
  /** The photos of the grid, in the order that is shown. */
  tiles(): Locator {
    return this.page.getByRole("list", { name: /^(Photos|照片)$/ }).getByRole("button");
  }

  /** The photo of a file. */
  tile(file: string): Locator {
    return this.tiles().filter({ hasText: file });
  }

  /** The files' names in the order that is shown. */
  async names(): Promise<string[]> {
    const labels = await this.tiles().evaluateAll((tiles) =>
      tiles.map((tile) => tile.getAttribute("aria-label") ?? ""),
    );
    return labels.map((label) => label.slice(0, label.indexOf(": ")));
  }

  async untilFinished(named: number): Promise<void> {
    await expect(
      this.page.getByRole("heading", { name: new RegExp(`^(${named} photos? named|认出了 ${named} 张)$`) }),
    ).toBeVisible({ timeout: 500_000 });
  }

  /** The content of the file that a button saves. */
  async save(button: "CSV" | "JSON"): Promise<string> {
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("button", { name: button }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }
}

/** Counts the decoded pictures that live in a worker at a time; `pause` in ms makes each decoding take longer. */
export async function watchDecoding(worker: Worker, pause = 0): Promise<void> {
  await worker.evaluate((ms) => {
    const counts = { live: 0, most: 0, all: 0 };
    Object.assign(self, { decoded: counts });
    const decode = self.createImageBitmap;
    self.createImageBitmap = async (...source: unknown[]) => {
      counts.live++;
      counts.all++;
      counts.most = Math.max(counts.most, counts.live);
      await new Promise((resolve) => setTimeout(resolve, ms));
      const bitmap = await (decode as (...source: unknown[]) => Promise<ImageBitmap>)(...source).catch(
        (error) => {
          counts.live--;
          throw error;
        },
      );
      const close = bitmap.close.bind(bitmap);
      bitmap.close = () => {
        counts.live--;
        close();
      };
      return bitmap;
    };
  }, pause);
}

/** What `watchDecoding` counted: pictures that live, the most at a time, all. */
export function decodedIn(worker: Worker): Promise<{ live: number; most: number; all: number }> {
  return worker.evaluate(
    () => (self as unknown as { decoded: { live: number; most: number; all: number } }).decoded,
  );
}

/** The worker that answers; there is one per page. */
export function workerOf(page: Page): Worker {
  const [worker] = page.workers();
  if (worker === undefined) throw new Error("The page has no worker yet.");
  return worker;
}
