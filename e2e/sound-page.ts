import { expect, type Page } from "@playwright/test";
import { soundTask } from "./sound-fixture.ts";

/** What a person does on the page of a task that listens. */
export class SoundPage {
  constructor(readonly page: Page) {}

  async open(task: string = soundTask): Promise<void> {
    await this.page.goto(`/${task}`);
  }

  async untilReady(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: /^(Ready to listen|可以开始听了)$/ })).toBeVisible({
      timeout: 120_000,
    });
  }

  /** Goes over to another thing to do, by its name in either language. */
  async choose(mode: RegExp): Promise<void> {
    await this.page.getByRole("radio", { name: mode }).check();
  }

  /** Hands in files by the browser's dialog. */
  files(files: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    return this.page.locator("input[type=file]").setInputFiles([...files]);
  }

  async expectAnswer(word: string): Promise<void> {
    await expect(this.page.getByTestId("answer")).toHaveText(new RegExp(`^${word} — \\d+%$`));
  }
}

/** A WAV file as the browser's dialog hands it in. */
export const wav = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: "audio/wav",
  buffer: Buffer.from(bytes),
});
