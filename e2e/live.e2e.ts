import { expect, type Page, test } from "@playwright/test";
import { chromiumPath } from "./chromium.ts";
import { writeFilm } from "./fake-camera.ts";
import { TaskPage } from "./task-page.ts";

const film = writeFilm(["red", "blue"], 4);
test.use({
  launchOptions: {
    executablePath: chromiumPath(),
    args: ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
  },
  permissions: ["camera"],
});

/** Opens the camera of the tests' task and lets it name what it sees. */
async function watch(page: Page): Promise<void> {
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  await page.getByRole("button", { name: "Camera" }).click();
  await page.getByRole("radio", { name: "Live" }).check();
  await expect(page.getByTestId("live-answer")).toHaveText(/^(Red|Blue) — \d+%$/);
}

test("what comes before the camera is named as it changes, without flicker", async ({ page }) => {
  await watch(page);
  await page.evaluate(() => {
    const answer = document.querySelector("[data-testid=live-answer]")!;
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const name = answer.textContent!.replace(/ — .*| *Perhaps */g, "");
      if (name !== seen.at(-1)) seen.push(name);
    }).observe(answer, { characterData: true, childList: true, subtree: true });
  });
  const dialog = page.getByRole("dialog", { name: "Camera" });
  await expect(dialog.getByText(/^\d+ per second$/)).toBeVisible();
  const started = Date.now();
  for (const name of ["Red", "Blue", "Red"]) {
    await expect(page.getByTestId("live-answer")).toHaveText(new RegExp(`^${name} — \\d+%$`));
  }
  await expect(dialog.getByRole("status")).toHaveText("Red");
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  // The film changes every four seconds; between two changes the name stands still.
  const changes = Math.ceil((Date.now() - started) / 4000) + 1;
  expect(seen.length).toBeLessThanOrEqual(changes + 1);
  expect(
    seen.every((name) => /^(red|blue)$/i.test(name)),
    seen.join(),
  ).toBe(true);
});

test("a live camera rests while the page is hidden, gives a picture, and is off when it is closed", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const record = { frames: 0, tracks: [] as MediaStreamTrack[] };
    Object.assign(window, { record });
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      record.tracks.push(...stream.getTracks());
      return stream;
    };
    const grab = window.createImageBitmap;
    window.createImageBitmap = ((...source: Parameters<typeof grab>) => {
      record.frames++;
      return grab(...source);
    }) as typeof grab;
  });
  const frames = () => page.evaluate(() => (window as unknown as Recorded).record.frames);
  const show = (state: DocumentVisibilityState) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await watch(page);

  await show("hidden");
  await page.waitForTimeout(1000); // the frame that was under way
  const before = await frames();
  await page.waitForTimeout(1500);
  expect(await frames()).toBe(before);
  await show("visible");
  await expect.poll(frames).toBeGreaterThan(before + 2);

  await page.getByRole("button", { name: "Take the picture" }).click();
  await expect(page.getByTestId("answer")).toHaveText(/^(Red|Blue) — \d+%$/);
  const states = await page.evaluate(() =>
    (window as unknown as Recorded).record.tracks.map(({ readyState }) => readyState),
  );
  expect(new Set(states)).toEqual(new Set(["ended"]));
  const after = await frames();
  await page.waitForTimeout(500);
  expect(await frames()).toBe(after);
});

interface Recorded {
  readonly record: { readonly frames: number; readonly tracks: readonly MediaStreamTrack[] };
}
