import { expect, test } from "@playwright/test";
import { TaskPage } from "./task-page.ts";

test("a photograph is taken, named, and the camera is off again", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  const task = new TaskPage(page);
  await task.open();
  await task.untilReady();
  await page.getByRole("button", { name: "Camera" }).click();
  await page.getByRole("button", { name: "Take the picture" }).click();
  await expect(page.getByTestId("answer")).toBeVisible();
  await expect(page.getByText(/^Photograph · \d+ × \d+ pixels$/)).toBeVisible();
  await expect(page.locator("video")).toHaveCount(0);
});

test("where the camera is not allowed, the reason and the next step are told", async ({ page }) => {
  await new TaskPage(page).open();
  await page.getByRole("button", { name: "Camera" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("The camera is blocked");
});

test("where there is no camera, too, and the focus comes back", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotFoundError"));
  });
  await new TaskPage(page).open();
  await page.getByRole("button", { name: "Camera" }).click();
  const dialog = page.getByRole("dialog", { name: "Camera" });
  await expect(dialog.getByRole("alert")).toContainText("There is no camera here.");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Camera" })).toBeFocused();
});

test("a camera that is in use, or stops on the way, is told with what to do", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    let asked = 0;
    mediaDevices.getUserMedia = async (constraints) => {
      if (asked++ === 0) throw new DOMException("", "NotReadableError");
      const stream = await open(constraints);
      Object.assign(window, { track: stream.getTracks()[0] });
      return stream;
    };
  });
  await new TaskPage(page).open();
  const alert = page.getByRole("dialog").getByRole("alert");
  await page.getByRole("button", { name: "Camera" }).click();
  await expect(alert).toContainText("The camera is in use.");
  await page.getByRole("button", { name: "Close" }).click();

  await page.getByRole("button", { name: "Camera" }).click();
  await expect(page.getByRole("button", { name: "Take the picture" })).toBeEnabled();
  // Pulling the plug cannot be imitated; the event that it raises can.
  await page.evaluate(() =>
    (window as unknown as { track: EventTarget }).track.dispatchEvent(new Event("ended")),
  );
  await expect(alert).toContainText("The camera has stopped.");
});
