import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { npmCommand, outerEnv, runCommand } from "../command.mjs";
import { requireSpace } from "../disk.mjs";
import { SetupFailure } from "../failure.mjs";
import { projectLock, readJson } from "../project.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

const KINDS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/**
 * The npm packages of a lock file.
 *
 * @param {Project} project
 * @param {object} [of] whose, when not the project's own
 * @param {string} [of.name]
 * @param {string} [of.folder] where package-lock.json is, below the project's
 * @param {number} [of.megabytes] what node_modules takes on the disk, rounded up
 * @returns {Step}
 */
export function dependencies(
  { root: project, env, signal },
  { name = "npm packages", folder = ".", megabytes = 900 } = {},
) {
  const root = join(project, folder);
  return {
    name,
    doing: "installing what package-lock.json says",
    lock: folder === "." ? projectLock(project) : join(project, ".local", `${folder}.lock`),
    isDone: () => {
      const lock = readLock(root);
      return isInstalled(root, lock);
    },
    async run({ update }) {
      const count = Object.keys(readLock(root).packages).length - 1;
      requireSpace("The npm packages can't be installed.", [{ dir: root, megabytes }]);
      update(`installing ${count} packages`);
      const outer = outerEnv(env);
      const [npm, ...args] = npmCommand(outer);
      // The compiler is a development dependency, and NODE_ENV=production would leave it out.
      const ci = [...args, "ci", "--include=dev", "--no-audit", "--no-fund"];
      const { code, output } = await runCommand(npm, ci, { cwd: root, env: outer, signal });
      if (code !== 0) {
        throw failure(code, output);
      }
      return `installed ${count} packages`;
    },
  };
}

/**
 * @typedef {object} Lock
 * @property {Record<string, { version?: string, integrity?: string, link?: boolean, optional?: boolean }>} packages
 */

/**
 * @param {string} root
 * @returns {Lock}
 */
function readLock(root) {
  /** @type {Lock} */
  const lock = readJson(join(root, "package-lock.json"));
  const wanted = readJson(join(root, "package.json"));
  const locked = /** @type {Record<string, unknown>} */ (lock.packages?.[""] ?? {});
  const stale = KINDS.filter((kind) => !isDeepStrictEqual(wanted[kind] ?? {}, locked[kind] ?? {}));
  if (stale.length > 0) {
    throw outOfDate(`package.json and package-lock.json have other ${stale.join(" and ")}.`);
  }
  return lock;
}

/**
 * Whether npm's own record of node_modules has every package of the lock file. Optional ones may be missing: they
 * are for other systems.
 *
 * @param {string} root
 * @param {Lock} lock
 */
function isInstalled(root, lock) {
  /** @type {Lock} */
  let installed;
  try {
    installed = readJson(join(root, "node_modules", ".package-lock.json"));
  } catch {
    return false; // npm writes it when it has done the rest
  }
  return Object.entries(lock.packages).every(([path, { version, integrity, link, optional }]) => {
    if (!path.startsWith("node_modules/")) {
      return true; // the project itself and what it links to
    }
    const found = installed.packages[path];
    if (found === undefined) {
      return optional === true;
    }
    return found.version === version && found.integrity === integrity && found.link === link;
  });
}

/** @param {string} why */
function outOfDate(why) {
  return new SetupFailure({
    what: "The lock file is out of date.",
    why,
    fix: "Run npm install, and commit the package-lock.json it writes.",
  });
}

/**
 * @param {number} code
 * @param {string} output
 */
function failure(code, output) {
  const lines = output
    .split("\n")
    .filter((line) => /^npm (error|ERR!)/i.test(line))
    .filter((line) => !/A complete log of this run|^npm (error|ERR!)\s*$/i.test(line))
    .slice(0, 6);
  const why = lines.join("\n") || output.trim().split("\n").slice(-6).join("\n") || `npm ended with ${code}.`;
  if (code === 127) {
    return new SetupFailure({
      what: "The npm packages can't be installed.",
      why: "There is no npm on this machine's PATH.",
      fix: "Install Node.js 20 or newer, which brings npm, and run the command again.",
    });
  }
  if (/can only install packages when|in sync/i.test(output)) {
    return outOfDate(why);
  }
  const fix = /ENOSPC/.test(output)
    ? "Free some space on the disk, and run the command again."
    : /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/i.test(output)
      ? "Check the connection to the npm registry (npm ping; behind a proxy: npm config set proxy …), and run the command again."
      : "Run npm ci to see all of npm's output, correct that, and run the command again.";
  return new SetupFailure({ what: "The npm packages can't be installed.", why, fix });
}
