import { expect, type Locator, type Page } from "@playwright/test";
import { textTask } from "./text-fixture.ts";

/** What a person does on the page of a task for texts, in either language. */
export class TextPage {
  constructor(readonly page: Page) {}

  async open(search = "?threads=1", name: string = textTask): Promise<void> {
    await this.page.goto(`/${name}${search}`);
  }

  async untilReady(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: /^(Ready for a text|可以输入文字了)$/ })).toBeVisible(
      {
        timeout: 120_000,
      },
    );
  }

  field(): Locator {
    return this.page.getByRole("textbox", { name: /^(Your text|你的文字)$/ });
  }

  type(text: string): Promise<void> {
    return this.field().fill(text);
  }

  /** Chooses a file in the browser's dialog. */
  choose(name: string, content: string | Uint8Array): Promise<void> {
    return this.page
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) });
  }

  async expectAnswer(name: string): Promise<void> {
    await expect(this.page.getByTestId("answer")).toHaveText(new RegExp(`^${name} — \\d+%$`));
  }

  /** The sentences or rows with their answers. */
  sentences(): Locator {
    return this.page.locator("main ol > li").filter({ has: this.page.locator("p[dir=auto]") });
  }

  /** The words that are coloured, with their levels from −3 to 3. */
  async marks(): Promise<[string, number][]> {
    return this.page
      .locator("mark")
      .evaluateAll((marks) =>
        marks.map((mark): [string, number] => [
          mark.textContent ?? "",
          Number(mark.getAttribute("data-level")),
        ]),
      );
  }
}
