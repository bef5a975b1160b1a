import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type AppServer, serveApp } from "../scripts/serve-app.ts";

const code = "0123-4567-89ab-cdef-ghjk";
const password = "a sentence about nine snails";

// A server of its own: the others have an owner already.
const data = mkdtempSync(join(tmpdir(), "nacre-account-"));
let server: AppServer;
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  const env = { NACRE_DATA: data, NACRE_RUNS: join(data, "runs"), NACRE_SETUP_CODE: code, DATABASE_URL: "" };
  Object.assign(process.env, env);
  server = await serveApp(join(".nacre", `e2e-models-${process.env.NACRE_E2E_PORT}`));
});
test.afterAll(async () => {
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
});

const pageOf = async (browser: Browser, locale = "en-GB"): Promise<Page> =>
  (await browser.newContext({ baseURL: server.url, locale })).newPage();

const signIn = async (page: Page) => {
  await page.getByLabel(/^(Password|密码)$/).fill(password);
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click();
};

/** Looks at the page as it stands, light and dark, on a desktop's screen and on the narrowest phone's. */
async function expectNoViolations(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [1280, 360]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect(found, `${what}, ${colorScheme}, ${width}`).toEqual([]);
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrollWidth, `${what}, ${width}`).toBeLessThanOrEqual(width);
    }
}

test("the first start: the code sets the password, once", async ({ browser }) => {
  const page = await pageOf(browser);
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Set the password" })).toBeVisible();
  await expectNoViolations(page, "setup");
  const set = page.getByRole("button", { name: "Set the password and sign in" });
  const fault = page.getByRole("alert").filter({ hasText: /./ });
  await page.getByLabel("Setup code").fill(code);
  await page.getByLabel("Password").fill("too short");
  await set.click();
  await expect(fault).toHaveText("That is too short: at least 15 characters.");
  await page.getByLabel("Setup code").fill("not-the-code-at-all");
  await page.getByLabel("Password").fill(password);
  await set.click();
  await expect(fault).toHaveText(/^That is not the setup code\./);
  await page.getByRole("button", { name: "Show it" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "text");
  await page.getByLabel("Setup code").fill(code);
  await set.click();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
  const again = await page.request.post("/account/setup", {
    data: { code, password: "another of nine snails" },
  });
  expect(again.status()).toBe(409);
});

test("signing in leads back to where one came from; a key works until it is revoked; everything is in the log", async ({
  browser,
}) => {
  const page = await pageOf(browser);
  await page.goto("/runs");
  await page.goto("/models/colours");
  await page.getByRole("link", { name: "Sign in to change something" }).click();
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "That is not the password." })).toBeVisible();
  await signIn(page);
  await expect(page.getByText("You are signed in.")).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/models/colours");
  await page.getByRole("link", { name: "Account" }).first().click();

  const name = "<b>robot</b>'; DROP TABLE";
  await page.getByLabel("Name").fill(name);
  await page.getByLabel(/^Manage/).check();
  await page.getByRole("button", { name: "Make a key" }).click();
  const key = await page.getByTestId("new-key").textContent();
  expect(key).toMatch(/^nacre_[0-9a-f]{12}_[\w-]{43}$/);
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("may manage");
  await expect(row).toContainText("never used");
  await expectNoViolations(page, "a key made");
  const choose = () =>
    fetch(`${server.url}/models/colours/served`, {
      method: "PUT",
      body: "light-9.9.9",
      headers: { authorization: `Bearer ${key}` },
    });
  expect((await choose()).status).toBe(404); // let in, and told that there is no such release
  await page.reload();
  await expect(row).toContainText("last used");
  await expect(page.getByText(key!)).toHaveCount(0);
  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await expect(page.getByText("There is no key.")).toBeVisible();
  expect((await choose()).status).toBe(401);

  await page.getByRole("link", { name: "Show the log" }).click();
  await expect(page.getByRole("row", { name: /API key revoked/ })).toContainText(name);
  await expect(page.getByRole("row", { name: /Wrong password/ })).toContainText("Unknown");
  await expect(page.getByRole("row", { name: /Password set for the first time/ })).toBeVisible();
});

test("whoever was signed out meanwhile and changes the password is asked to sign in", async ({ browser }) => {
  const page = await pageOf(browser);
  await page.goto("/account");
  await signIn(page);
  await page.getByText("Change the password").click();
  const fault = page.getByRole("alert").filter({ hasText: /./ });
  const change = async (current: string) => {
    await page.getByLabel("Present password").fill(current);
    await page.getByLabel("New password").fill("another of nine snails");
    await page.getByRole("button", { name: "Change it" }).click();
  };
  await change("not the password");
  await expect(fault).toHaveText("That is not the password.");
  await page.context().clearCookies();
  await change(password);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(fault).toHaveCount(0);
});

test("signing out everywhere signs out everywhere", async ({ browser }) => {
  const [here, there] = [await pageOf(browser), await pageOf(browser)];
  for (const page of [here, there]) {
    await page.goto("/account");
    await signIn(page);
    await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
  }
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(here.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await there.goto("/account/log");
  await expect(there.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(there);
  await expect(there.getByRole("heading", { name: "Who did what" })).toBeVisible();
});

test("axe finds nothing in Chinese either", async ({ browser }) => {
  const page = await pageOf(browser, "zh-CN");
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "登录" })).toBeVisible();
  await expectNoViolations(page, "signing in");
  await signIn(page);
  await expect(page.getByRole("heading", { name: "API 密钥" })).toBeVisible();
  await page.locator("summary").click();
  await expectNoViolations(page, "account");
  await page.goto("/account/log");
  await expect(page.getByRole("table")).toBeVisible();
  await expectNoViolations(page, "log");
});
