import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, outerEnv } from "../command.mjs";
import { SetupFailure } from "../failure.mjs";
import { dependencies } from "./dependencies.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

const FOLDER = join("plugin", "desktop", "flex-ui-2");
// What its packages take while the bundle is made, rounded up; the bundle takes 18.
const MEGABYTES = 800;
/** What the bundle is made from: another one of these makes another bundle. */
const SOURCES = ["package-lock.json", "bundle.mjs", "entry.js", "node-globals.js"];

/**
 * The bundle of the real Flex UI 2. Its 650 MB of packages are installed for it, and removed when it is there.
 *
 * @param {Project} project
 * @param {{ plugin: Promise<unknown> }} after the packages of the plugin, which have the bundler
 * @returns {Step}
 */
export function flexUi(project, { plugin }) {
  const { root, env, signal } = project;
  const folder = join(root, FOLDER);
  const dist = join(root, "plugin", "desktop", "dist");
  const [bundle, record] = [join(dist, "flex-ui-2.js"), join(dist, "flex-ui-2.sha256")];
  const key = () => {
    const hash = createHash("sha256");
    for (const name of SOURCES) hash.update(readFileSync(join(folder, name))).update("\0");
    return `${hash.digest("hex")}\n`;
  };
  return {
    name: "Flex UI 2",
    doing: "bundling it",
    lock: join(root, ".local", "flex-ui.lock"),
    isDone: () => existsSync(bundle) && existsSync(record) && readFileSync(record, "utf8") === key(),
    async run(progress) {
      const packages = dependencies(project, { name: "Flex UI 2", folder: FOLDER, megabytes: MEGABYTES });
      // npm writes the record of what it installed last: what an interrupted run left is installed anew.
      if (!packages.isDone()) await packages.run(progress);
      await plugin;
      progress.update("bundling it");
      mkdirSync(dist, { recursive: true });
      const made = `${bundle}.${process.pid}`;
      try {
        const { code, output } = await runCommand(process.execPath, [join(folder, "bundle.mjs"), made], {
          cwd: root,
          env: outerEnv(env),
          signal,
        });
        if (code !== 0) throw failure(output.trim().split("\n").slice(-6).join("\n"));
        renameSync(made, bundle);
      } finally {
        rmSync(made, { force: true });
      }
      writeFileSync(record, key());
      rmSync(join(folder, "node_modules"), { recursive: true, force: true });
      return `bundled, ${Math.round(statSync(bundle).size / 1_000_000)} MB`;
    },
  };
}

/** @param {string} why */
function failure(why) {
  return new SetupFailure({
    what: "Flex UI 2 can't be bundled.",
    why: why || "The bundler ended without a word.",
    fix: "Remove plugin/desktop/flex-ui-2/node_modules and plugin/node_modules, and run the command again.",
  });
}
