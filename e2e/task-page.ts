import { expect, type Page } from "@playwright/test";
import { task } from "./fixture.ts";
import type { PictureFile } from "./pictures.ts";

/** What a person does on a task's page. */
export class TaskPage {
  constructor(readonly page: Page) {}

  /** Opens the page; on one thread, which is quicker than two on a busy machine. */
  async open(search = "?threads=1", name: string = task): Promise<void> {
    await this.page.goto(`/${name}${search}`);
  }

  async untilReady(): Promise<void> {
    await expect(
      this.page.getByRole("heading", { name: /^(Ready for a picture|可以放图片了)$/ }),
    ).toBeVisible({ timeout: 120_000 });
  }

  /** Chooses files in the browser's dialog, given by their content or by their paths. */
  choose(files: PictureFile | readonly PictureFile[] | readonly string[]): Promise<void> {
    return this.page.locator("input[type=file]").setInputFiles(files);
  }

  async expectAnswer(name: string): Promise<void> {
    await expect(this.page.getByTestId("answer")).toHaveText(new RegExp(`^${name} — \\d+%$`));
  }
}

/** Drops files in the middle of the page, as from another window, once the page listens: React marks what it took over. */
export async function drop(page: Page, files: readonly PictureFile[]): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactProps")),
  );
  const data = await page.evaluateHandle(
    (contents) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      return transfer;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") })),
  );
  await page.dispatchEvent("main", "dragenter", { dataTransfer: data });
  await page.dispatchEvent("main", "drop", { dataTransfer: data });
}
