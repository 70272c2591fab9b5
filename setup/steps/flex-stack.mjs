import { mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectLock } from "../project.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

// Relative, so that the project can be moved and copied.
const TARGET = join("..", "..", "cli", "flex-stack.js");

/**
 * The command `npx flex-stack`, as hints name it: npm links the commands of packages, and not the project's own.
 *
 * @param {Project} project
 * @returns {Step}
 */
export function flexStack({ root }) {
  const link = join(root, "node_modules", ".bin", "flex-stack");
  return {
    name: "npx flex-stack",
    doing: "linking it",
    lock: projectLock(root),
    isDone: () => targetOf(link) === TARGET,
    run() {
      mkdirSync(dirname(link), { recursive: true });
      rmSync(link, { force: true });
      symlinkSync(TARGET, link);
      return Promise.resolve("linked");
    },
  };
}

/** @param {string} link */
function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return undefined; // there is none, or it is something else
  }
}
