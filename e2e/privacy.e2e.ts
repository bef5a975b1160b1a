import { expect, test } from "@playwright/test";
import { picture } from "./pictures.ts";
import { TaskPage } from "./task-page.ts";

test("no request carries the picture, and the counter says so", async ({ page, context, baseURL }) => {
  const requests: { method: string; url: string; body: Buffer | null }[] = [];
  context.on("request", (request) =>
    requests.push({ method: request.method(), url: request.url(), body: request.postDataBuffer() }),
  );
  const task = new TaskPage(page);
  await task.open();
  const file = await picture("red");
  await task.choose(file);
  await task.expectAnswer("Red");
  await page.waitForTimeout(500); // whoever wanted to report it afterwards has had the time

  expect(requests.length).toBeGreaterThan(5);
  for (const { method, url, body } of requests) {
    expect(method, url).toBe("GET");
    expect(body, url).toBeNull();
    expect(url.startsWith(`${baseURL}/`) || url.startsWith("blob:"), url).toBe(true);
    // Nor does an address carry it: the longest is far too short for the smallest picture.
    expect(url.length).toBeLessThan(300);
  }
  await expect(page.getByTestId("sent")).toHaveText("0 bytes sent");
});

test("the counter is honest: what is sent is counted", async ({ page }) => {
  await new TaskPage(page).open();
  await expect(page.getByTestId("sent")).toHaveText("0 bytes sent");
  await page.evaluate(() => fetch("/models", { method: "POST", body: "a picture" }).catch(() => undefined));
  await expect(page.getByTestId("sent")).toHaveText("9 bytes sent");
});

test("the browser is told to let nothing out and nothing in", async ({ page }) => {
  const response = await page.goto("/");
  const headers = response?.headers() ?? {};
  const policy = headers["content-security-policy"] ?? "";
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("form-action 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(headers["cross-origin-embedder-policy"]).toBe("require-corp");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const outcome = await page.evaluate(() =>
    fetch("https://nacre.invalid/").then(
      () => "reached",
      () => "refused",
    ),
  );
  expect(outcome).toBe("refused");
  // A stranger's script, had it found its way into the page, would not run.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.head.append(script);
  });
  await expect(page).not.toHaveTitle("taken over");
});

test("nothing in the pages breaks their own policy", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const task = new TaskPage(page);
  for (const address of ["/", "/privacy"]) await page.goto(address);
  await task.open();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  expect(complaints).toEqual([]);
});
