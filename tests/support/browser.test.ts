import { expect, test } from "@jest/globals";
import { useBrowser } from "./browser.ts";

const browser = useBrowser();

test("a page runs in a real browser, and what it fails with is kept", async () => {
  const { page, errors } = await browser.open({ viewport: { width: 360, height: 640 }, colorScheme: "dark" });
  await page.setContent(`<h1>Hello</h1><script>
    document.querySelector("h1").textContent += " " + innerWidth + " " + matchMedia("(prefers-color-scheme: dark)").matches;
    console.error("told"); throw new Error("thrown");</script>`);
  expect(await page.textContent("h1")).toBe("Hello 360 true");
  expect(errors).toEqual(["told", "thrown"]);
});

test("pages reach nothing but this machine", async () => {
  const { page } = await browser.open();
  await expect(page.goto("https://flex-api.twilio.com/")).rejects.toThrow("ERR_NAME_NOT_RESOLVED");
});
