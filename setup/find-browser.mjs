import { findOnPath, isExecutable } from "./command.mjs";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The Chromium or Chrome that tests open pages in: the file that CHROME_PATH names, else the one on PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findBrowser(env) {
  const named = env["CHROME_PATH"];
  if (named) {
    return isExecutable(named) ? named : undefined;
  }
  return COMMANDS.map((name) => findOnPath(name, env)).find(Boolean) ?? APPLICATIONS.find(isExecutable);
}
