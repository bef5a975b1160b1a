import { basename } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import type { WebDevice } from "../../engine/runtime/web.ts";
import { findChromium } from "../chromium.mjs";
import { writePhotos } from "./photos.ts";

/** How long the app's page takes for photos, on one way to compute. */
export interface PageTiming {
  readonly device: WebDevice;
  readonly threads: number;
  /** From opening the page, with the model kept from an earlier visit, to the answer to a photo, in ms. */
  readonly first: readonly number[];
  /** From handing in each further photo to its answer, in ms. */
  readonly further: readonly number[];
}

/** How often the page is opened, and the further photos each time. */
const visits = 3;
const photosAfter = 3;

/** A busy machine is no failure. */
const patienceMs = 300_000;

/**
 * Times a release as a person meets it: the app's page in headless Chromium, with photos of 12 megapixels.
 * The processor computes with 1 and 2 threads; a graphics card does too where there is a real one. Undefined
 * where there is no Chromium.
 *
 * @param url the app's server
 * @param folder where the photos are written
 */
export async function timeOnPage(
  url: string,
  { task, variant }: { readonly task: string; readonly variant: string },
  folder: string,
): Promise<PageTiming[] | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const photos = await writePhotos(folder);
  const browser = await chromium.launch({ executablePath, args: ["--enable-unsafe-webgpu"] });
  try {
    const timings: PageTiming[] = [];
    for (const { device, threads, search } of await ways(browser, url)) {
      const context = await browser.newContext();
      await context.addCookies([
        { name: "nacre-variant", value: variant, url },
        { name: "nacre-locale", value: "en", url },
      ]);
      context.setDefaultTimeout(patienceMs);
      const address = `${url}/${task}${search}`;
      await visit(context, address, photos, 0); // brings the model
      const rounds = [];
      for (let i = 0; i < visits; i++) rounds.push(await visit(context, address, photos, photosAfter));
      await context.close();
      const [first, further] = [rounds.map((round) => round.first), rounds.flatMap((round) => round.further)];
      timings.push({ device, threads, first, further });
    }
    return timings;
  } finally {
    await browser.close();
  }
}

interface Way extends Pick<PageTiming, "device" | "threads"> {
  /** How the page's address asks for it. */
  readonly search: string;
}

/** What can compute here. A graphics card that the processor imitates tells nothing. */
async function ways(browser: Browser, url: string): Promise<Way[]> {
  const page = await browser.newPage();
  await page.goto(url);
  const hasCard = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    return adapter != null && !adapter.info.isFallbackAdapter;
  });
  await page.close();
  return [
    { device: "wasm", threads: 1, search: "?device=wasm&threads=1" },
    { device: "wasm", threads: 2, search: "?device=wasm&threads=2" },
    ...(hasCard ? [{ device: "webgpu", threads: 1, search: "?threads=1" } as const] : []),
  ];
}

/** Opens the page, hands in a photo as soon as it takes one, and after the answer so many more. */
async function visit(context: BrowserContext, address: string, photos: readonly string[], more: number) {
  const page = await context.newPage();
  const listening = page.waitForEvent("worker"); // the page starts it as soon as its own code runs
  const began = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await listening;
  await answerTo(page, photos[0]!);
  const first = performance.now() - began;
  const further: number[] = [];
  for (let i = 1; i <= more; i++) {
    const handed = performance.now();
    await answerTo(page, photos[i % photos.length]!);
    further.push(performance.now() - handed);
  }
  // What the first visit keeps for later ones is there when the service worker is.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.close();
  return { first, further };
}

/** Hands in a photo and waits for its answer, with which its name and size appear. */
async function answerTo(page: Page, photo: string): Promise<void> {
  await page.locator("input[type=file]").first().setInputFiles(photo);
  await page.getByText(`${basename(photo)} · `).waitFor();
}
