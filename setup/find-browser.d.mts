/** The Chromium or Chrome that tests open pages in; see find-browser.mjs. */
export function findBrowser(env: NodeJS.ProcessEnv): string | undefined;
