import { platform } from "node:os";
import { join } from "node:path";
import { findOnPath, outerEnv, runCommand } from "../command.mjs";
import { requireSpace } from "../disk.mjs";
import { SetupFailure } from "../failure.mjs";
import { findBrowser } from "../find-browser.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

// What Debian's package and those it needs take on the disk, rounded up.
const MEGABYTES = 700;

/**
 * A browser for the tests. Where there is none and the set-up may install Debian's packages, it installs chromium;
 * it never asks for more rights than it was given.
 *
 * @param {Project} project
 * @param {object} [options]
 * @param {boolean} [options.mayInstall] whether the user may install packages of the system
 * @returns {Step}
 */
export function browser({ root, env, signal }, { mayInstall = process.getuid?.() === 0 } = {}) {
  const outer = outerEnv(env);
  return {
    name: "browser",
    doing: "looking for one",
    lock: join(root, ".local", "browser.lock"),
    isDone: () => findBrowser(outer) !== undefined,
    async run({ update }) {
      if (env["CHROME_PATH"]) {
        throw failure(
          "CHROME_PATH names no program that can be run.",
          "Set it to a Chromium or Chrome, or unset it.",
        );
      }
      const apt = findOnPath("apt-get", outer);
      if (apt === undefined || !mayInstall) {
        throw failure(
          "There is none on PATH, and installing one needs Debian's apt-get and the rights of root.",
          platform() === "linux"
            ? 'Install Chromium (on Debian and Ubuntu: "sudo apt-get install chromium") or set CHROME_PATH to a Chromium or Chrome.'
            : "Install Chromium or Chrome, or set CHROME_PATH to one.",
        );
      }
      requireSpace("Chromium can't be installed.", [{ dir: "/usr", megabytes: MEGABYTES }]);
      const debian = { cwd: root, env: { ...outer, DEBIAN_FRONTEND: "noninteractive" }, signal };
      update("reading Debian's list of packages");
      // One source of several that can't be reached is no reason to stop; what matters is told by the install.
      await runCommand(apt, ["update", "-q"], debian);
      update("installing Debian's chromium");
      const install = ["install", "-q", "-y", "--no-install-recommends", "chromium"];
      const { code, output } = await runCommand(apt, install, debian);
      if (code !== 0 || findBrowser(outer) === undefined) {
        throw failure(
          output.trim().split("\n").slice(-6).join("\n") || `apt-get ended with ${code}.`,
          "Install Chromium or Chrome by hand, or set CHROME_PATH to one.",
        );
      }
      return "Debian's chromium is there";
    },
  };
}

/**
 * @param {string} why
 * @param {string} fix
 */
function failure(why, fix) {
  return new SetupFailure({ what: "There is no browser for the tests.", why, fix });
}
