import { expect, type Page } from "@playwright/test";

/** What the tests' server takes for its owner's token. */
export const ownerToken = "a-token-for-the-browser-tests";

/** Shows the token on a page on which something can be changed. */
export async function signIn(page: Page): Promise<void> {
  await page.getByText(/^(Sign in to change something|登录后才能更改)$/).click();
  await page.getByLabel(/^(Token|令牌)$/).fill(ownerToken);
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click();
  await expect(page.getByText(/^(You are signed in\.|你已登录。)/)).toBeVisible();
}
