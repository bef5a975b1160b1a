import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { melody, soundTask, type Tone } from "./sound-fixture.ts";
import { SoundPage, wav } from "./sound-page.ts";
import { drop } from "./task-page.ts";

const file = (tone: Tone, at = 16_000) =>
  wav(`${tone}.wav`, encodeWav({ samples: melody([tone], { pause: 0.25, at }), rate: at }));

test("recordings of any rate, many at once, one of them bad: a table, and a file of it", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  await view.files([file("yes")]);
  await view.expectAnswer("Yes");

  const long = encodeWav({ samples: melody(["no", "go", "left"], { at: 8_000 }), rate: 8_000 });
  await drop(page, [
    file("up", 48_000),
    wav("long.wav", long),
    wav("half.wav", encodeWav({ samples: melody(["up"]), rate: 16_000 }).subarray(0, 9000)),
    wav("notes.wav", Buffer.from("These are my notes.")),
  ]);
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row("up.wav")).toContainText(/Up \d+%/);
  await expect(row("long.wav")).toContainText(/No \d+%, Go \d+%, Left \d+%/);
  await expect(row("half.wav")).toContainText("half.wav is cut short");
  await expect(row("notes.wav")).toContainText("notes.wav is not a recording that can be read");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const table = readFileSync(await (await saved).path(), "utf8");
  expect(table).toMatch(/^\uFEFFfile,at,class,probability\nup\.wav,,up,0\.\d+\nlong\.wav,\d\.\d+,no,/);
});

test("a compressed recording is read by the browser", async ({ page }) => {
  const view = new SoundPage(page);
  await view.open();
  // The one encoder at hand is the browser's own.
  const webm = await page.evaluate(async () => {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 1040 });
    const target = context.createMediaStreamDestination();
    tone.connect(target);
    tone.start();
    const recorder = new MediaRecorder(target.stream);
    const data = new Promise<Blob>((resolve) => {
      recorder.ondataavailable = (event) => resolve(event.data);
    });
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    recorder.stop();
    return [...new Uint8Array(await (await data).arrayBuffer())];
  });
  await view.files([{ name: "left.webm", mimeType: "audio/webm", buffer: Buffer.from(webm) }]);
  await view.expectAnswer("Left");
});

test("a recording that is dropped on the home page goes to the page that listens", async ({ page }) => {
  await page.goto("/");
  await drop(page, [file("yes")]);
  const question = page.getByRole("group", { name: "Which of these is it?" });
  const answer = page.getByTestId("answer");
  await expect(question.or(answer)).toBeVisible();
  if (await question.isVisible()) await question.getByRole("button", { name: "Tones" }).click();
  await expect(page).toHaveURL(new RegExp(`/${soundTask}$`));
  await new SoundPage(page).expectAnswer("Yes");
});

test.describe("without a microphone", () => {
  /** Lets the browser answer the next request for a microphone with an error of this name. */
  const refuse = (page: Page, name: string) =>
    page.addInitScript((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
    }, name);

  test("where it is not allowed, the reason and the next step are told", async ({ page }) => {
    await new SoundPage(page).open();
    await page.getByRole("button", { name: "Press and speak" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "microphone" });
    await expect(alert).toContainText("The microphone is blocked for this page.");
    await expect(alert).toContainText("Allow it in the browser’s address bar");
  });

  for (const [name, words] of [
    ["NotFoundError", "There is no microphone here."],
    ["NotReadableError", "The microphone is in use."],
  ] as const) {
    test(`${name} is told in words, too`, async ({ page }) => {
      await refuse(page, name);
      const view = new SoundPage(page);
      await view.open();
      await view.choose(/^Listen live$/);
      await page.getByRole("button", { name: "Start listening" }).click();
      await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
      await expect(page.getByRole("button", { name: "Start listening" })).toBeEnabled();
    });
  }

  test("one that is unplugged, and a browser that holds the sound back, are told", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["microphone"]);
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await open(constraints);
        Object.assign(window, { track: stream.getTracks()[0] });
        return stream;
      };
      const Context = window.AudioContext;
      window.AudioContext = class extends Context {
        constructor(options?: AudioContextOptions) {
          super(options);
          Object.assign(window, { context: this });
        }
      };
    });
    const view = new SoundPage(page);
    await view.open();
    await view.choose(/^Listen live$/);
    await page.getByRole("button", { name: "Start listening" }).click();
    await expect(page.getByRole("button", { name: "Stop listening" })).toBeVisible();
    await expect(page.getByTestId("voice")).toHaveText(/Voice|Quiet/);
    await page.evaluate(() => (window as unknown as { context: AudioContext }).context.suspend());
    await expect(page.getByText("The browser holds the sound back")).toBeVisible();
    await page.getByRole("button", { name: "Let it listen" }).click();
    await expect(page.getByText("The browser holds the sound back")).toBeHidden();
    // Pulling the plug cannot be imitated; the event that it raises can.
    await page.evaluate(() =>
      (window as unknown as { track: EventTarget }).track.dispatchEvent(new Event("ended")),
    );
    await expect(page.getByRole("alert").filter({ hasText: "has stopped" })).toBeVisible();
  });
});

for (const locale of ["en", "zh"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`axe finds nothing, ${locale}, ${theme}, and everything fits a small phone`, async ({
      page,
      context,
      baseURL,
    }) => {
      await context.addCookies([
        { name: "nacre-locale", value: locale, url: baseURL },
        { name: "nacre-theme", value: theme, url: baseURL },
      ]);
      const view = new SoundPage(page);
      await view.open();
      await view.untilReady();
      await expectNoViolations(page, "ready");
      await view.files([file("yes")]);
      await expect(page.getByTestId("answer")).toBeVisible();
      await expectNoViolations(page, "answer");
      await view.choose(/^(Listen live|实时聆听)$/);
      await expectNoViolations(page, "listening");
      await view.choose(/^(Your words|录你自己的词)$/);
      await expectNoViolations(page, "own words");
    });
  }
}

/** Looks at the page as it stands, on a desktop's screen and on a small phone's. */
async function expectNoViolations(page: Page, what: string): Promise<void> {
  for (const size of [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, `${what}, ${size.width} px`).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, what).toBeLessThanOrEqual(size.width);
  }
}
