import { expect, test } from "@playwright/test";
import { hearing } from "./fake-microphone.ts";
import { melody } from "./sound-fixture.ts";
import { SoundPage } from "./sound-page.ts";

test.use({
  launchOptions: hearing("words", melody(["right", "up", "on", "go"])),
  permissions: ["microphone"],
});

test("every word is heard as it is said, moves the scene, and nothing leaves the page", async ({
  page,
  context,
}) => {
  const requests: string[] = [];
  context.on("request", (request) => {
    if (request.method() !== "GET" || request.postDataBuffer() !== null) requests.push(request.url());
  });
  const view = new SoundPage(page);
  await view.open();
  await view.untilReady();
  await view.choose(/^Listen live$/);
  await page.getByRole("button", { name: "Start listening" }).click();
  const row = (word: string) => page.getByRole("row").filter({ hasText: word }).first();
  for (const word of ["Right", "Up", "On", "Go"]) {
    await expect(row(word)).toHaveText(/^0:\d\d\.\d\D+\d+%\d.* (ms|sec)$/);
  }
  await expect(page.getByTestId("heard")).toHaveText(/^(Right|Up|On|Go) — \d+%$/);
  await expect(page.getByTestId("voice")).toHaveText("Voice");
  await expect(page.getByRole("status").filter({ hasText: "The lamp is on." })).toBeAttached();
  await expect(page.getByRole("status").filter({ hasText: /Going/ })).toBeAttached(); // "go"

  await page.getByRole("button", { name: "Stop listening" }).click();
  await expect(page.getByTestId("voice")).toHaveText("The microphone is off");
  await expect(page.getByTestId("sent").first()).toHaveText("0 bytes sent");
  expect(requests).toEqual([]);
});

test("the words work the page only after it was switched on", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  await view.untilReady();
  await view.choose(/^Listen live$/);
  await page.getByRole("checkbox", { name: "Let the words work this page, too" }).check();
  await page.getByRole("button", { name: "Start listening" }).click();
  await expect(page).toHaveURL(/\/$/); // "right": in Chinese, "on": light, "go": to the start page
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("a threshold tells what it costs", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  await view.untilReady();
  await view.choose(/^Listen live$/);
  const trade = page.getByRole("status").filter({ hasText: "of the words are missed" });
  await expect(trade).toContainText("At 60%: 6% of the words are missed, and 24 words are");
  await page.getByRole("slider", { name: "Least certainty" }).fill("0.8");
  await expect(trade).toContainText("At 80%: 12% of the words are missed, and 4 words are");
  await page.getByRole("button", { name: "As released" }).click();
  await expect(trade).toContainText("At 60%");
});
