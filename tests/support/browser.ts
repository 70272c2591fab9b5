import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../setup/find-browser.mjs";

// A browser of its own looks for updates and services of its maker; tests reach nothing but what they serve.
const OFFLINE = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** A real browser for the tests of a file. */
export interface TestBrowser {
  /**
   * Opens a page in a context of its own, which sees no other page's storage. What a page fails with, uncaught or on
   * its console, is in `errors`.
   */
  open(options?: BrowserContextOptions): Promise<{ page: Page; errors: string[] }>;
}

/** Starts a headless Chromium before a file's tests, with a profile of its own, and ends it after them. */
export function useBrowser(): TestBrowser {
  const started: { browser?: Awaited<ReturnType<typeof chromium.launch>> } = {};
  const contexts: BrowserContext[] = [];
  const folder = mkdtempSync(join(tmpdir(), "browser-"));
  beforeAll(async () => {
    const executablePath = findBrowser(process.env);
    if (executablePath === undefined) {
      throw new Error(
        'There is no Chromium or Chrome: "npm test" installs it, and CHROME_PATH can name one.',
      );
    }
    started.browser = await chromium.launch({
      executablePath,
      // Chromium's sandbox does not start for root, as whom containers run; the pages are the tests' own.
      chromiumSandbox: process.getuid?.() !== 0,
      args: OFFLINE,
      downloadsPath: folder,
    });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await started.browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    async open(options) {
      if (started.browser === undefined) throw new Error("The browser is only there while tests run");
      const context = await started.browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
      return { page, errors };
    },
  };
}
