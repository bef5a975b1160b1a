import { expect, test } from "@playwright/test";
import { signIn } from "./owner.ts";
import { picture } from "./pictures.ts";
import { writeRelease } from "./releases.ts";
import { TaskPage } from "./task-page.ts";

test("an older release is served, a browser that has the newer one is offered it, and back again", async ({
  page,
  browser,
  baseURL,
}) => {
  const name = "rolled-back";
  writeRelease(name, "light-1.0.0");
  writeRelease(name, "light-1.1.0");
  const visitor = await (await browser.newContext({ baseURL, locale: "en-GB" })).newPage();
  const task = new TaskPage(visitor);
  await task.open("?threads=1", name);
  await task.untilReady();
  await expect(visitor.getByText(/light-1\.1\.0/).first()).toBeVisible();

  await page.goto("/models");
  await page.locator(`a[href="/models/${name}"]`).click();
  const entry = (version: string) =>
    page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: version }) });
  await expect(entry("light-1.1.0")).toContainText("Answers now");
  await expect(page.getByRole("button", { name: /^Let / })).toHaveCount(0);
  await signIn(page);
  await page.getByRole("button", { name: "Let light-1.0.0 answer" }).click();
  await expect(page.getByRole("status").first()).toHaveText("light-1.0.0 answers from now on");
  await expect(entry("light-1.0.0")).toContainText("Answers now");
  await expect(entry("light-1.1.0")).not.toContainText("Answers now");

  await visitor.reload();
  await expect(visitor.getByText(/^This model was taken back\. .* 94% right/)).toBeVisible();
  await visitor.getByRole("button", { name: "Get it" }).click();
  await expect(visitor.getByText(/light-1\.0\.0/).first()).toBeVisible();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");

  await page.getByRole("button", { name: "Let light-1.1.0 answer" }).click();
  await expect(entry("light-1.1.0")).toContainText("Answers now");
  writeRelease(name, "light-1.2.0"); // takes the newest's place
  await page.reload();
  await expect(entry("light-1.2.0")).toContainText("Answers now");
});

test("a release shows how good it is, how far to trust it, and its card", async ({ page }) => {
  await page.goto("/models/colours");
  const first = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: "standard-1.0.0" }) });
  await expect(first).toContainText("98.5%");
  await expect(first).toContainText("97.5% to 99.5%");
  await expect(first).toContainText("600 test");
  await expect(first).toContainText("3.1 ms a picture");
  await expect(first).toContainText("one thread of Test processor, 2 cores");
  await first.locator("summary", { hasText: "How far to trust the per cents" }).click();
  await expect(first.getByRole("cell", { name: "440" })).toBeVisible();
  await first.locator("summary", { hasText: "Model card of standard-1.0.0" }).click();
  await expect(first.getByText("A network for the browser tests.")).toBeVisible();
});

test("programs still get the list, only the owner chooses, and what is not there is not chosen", async ({
  request,
  page,
}) => {
  const list = await request.get("/models");
  expect(list.headers()["content-type"]).toContain("application/json");
  expect(await list.json()).toContainEqual(expect.objectContaining({ task: "colours" }));
  const choose = (version: string, key?: string) =>
    page.request.put("/models/colours/served", {
      data: version,
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
  expect((await choose("light-1.0.0", "a-guess")).status()).toBe(401);
  expect((await choose("light-1.0.0")).status()).toBe(401);
  await page.goto("/models/colours");
  await signIn(page);
  expect((await choose("light-9.9.9")).status()).toBe(404);
  expect((await choose("light-1.0.0", "a-guess")).status()).toBe(401); // a wrong key is not made up for by a cookie
  expect((await page.goto("/models/no-such-task"))?.status()).toBe(404);
});
