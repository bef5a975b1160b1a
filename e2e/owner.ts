import { execFileSync } from "node:child_process";
import { expect, type Page } from "@playwright/test";

const password = "a password for the browser tests";

/** Gives a server that remembers in this folder its owner, without a browser. */
export function makeOwner(data: string): void {
  execFileSync(process.execPath, ["--import", "tsx", "scripts/account.ts", "set-password"], {
    input: password,
    env: { ...process.env, NACRE_DATA: data, DATABASE_URL: "" },
    stdio: ["pipe", "ignore", "ignore"],
  });
}

/** Signs in from a page on which something can be changed, and comes back to it. */
export async function signIn(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^(Sign in to change something|登录后才能更改)$/ }).click();
  await page.getByLabel(/^(Password|密码)$/).fill(password);
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click();
  await expect(page.getByText(/^(You are signed in\.|你已登录。)$/)).toBeVisible();
}
