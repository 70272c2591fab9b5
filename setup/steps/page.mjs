import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outerEnv, runCommand } from "../command.mjs";
import { SetupFailure } from "../failure.mjs";
import { projectLock, readJson } from "../project.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

/**
 * The page of the local Twilio, bundled for browsers.
 *
 * @param {Project} project
 * @returns {Step}
 */
export function page({ root, env, signal }) {
  const folder = join(root, "page");
  const dist = join(folder, "dist");
  const record = join(dist, "made-from.sha256");
  // What it is made from, also of other folders, and with what.
  const key = () => {
    const hash = createHash("sha256");
    for (const file of [...filesIn(join(folder, "src")), ...filesIn(join(root, "routing"))])
      hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
    hash.update(readFileSync(join(folder, "build.mjs")));
    const { lit, esbuild } = readJson(join(root, "package.json")).dependencies;
    hash.update(`${lit} ${esbuild}`);
    return `${hash.digest("hex")}\n`;
  };
  return {
    name: "page",
    doing: "bundling the page of the local Twilio",
    lock: projectLock(root),
    isDone: () =>
      existsSync(join(dist, "page.js")) && existsSync(record) && readFileSync(record, "utf8") === key(),
    async run() {
      const made = `${dist}.${process.pid}`;
      try {
        const { code, output } = await runCommand(process.execPath, [join(folder, "build.mjs"), made], {
          cwd: root,
          env: outerEnv(env),
          signal,
        });
        if (code !== 0)
          throw new SetupFailure({
            what: "The page of the local Twilio can't be bundled.",
            why: output.trim().split("\n").slice(-8).join("\n") || "The bundler ended without a word.",
            fix: "Take page/ back from git, or correct what is said of it, and run the command again.",
          });
        writeFileSync(join(made, "made-from.sha256"), key());
        rmSync(dist, { recursive: true, force: true });
        renameSync(made, dist);
        return `bundled, ${Math.round(Number(output.trim().split("\n").at(-1)) / 1000)} kB`;
      } finally {
        rmSync(made, { recursive: true, force: true });
      }
    },
  };
}

/**
 * @param {string} folder
 * @returns {string[]} the sources below it, always in the same order
 */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /(?<!\.test)\.(ts|css|svg)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
