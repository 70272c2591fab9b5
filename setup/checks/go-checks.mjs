import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findOnPath } from "../command.mjs";
import { findGo, goEnv } from "../go.mjs";
import { ROOT } from "../project.mjs";
import { goTests } from "./go-tests.mjs";
import { singleCheck } from "./single-check.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */
/** @typedef {import("./summary.mjs").Check} Check */

const folder = join(ROOT, "toolchain");
const workflows = join(ROOT, ".github", "workflows");

/**
 * The checks of toolchain/, and those that its tools make. Without a Go that can build it they count neither way: the
 * project runs without, where Pulumi can be downloaded.
 *
 * @param {AbortSignal} signal
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Check[]}
 */
export function goChecks(signal, env = process.env) {
  /** @param {() => Promise<Outcome>} run */
  const withGo = (run) => async () => {
    if (findOnPath("go", env) === undefined) {
      return notRun("no go here");
    }
    const go = await findGo(folder, { env, signal });
    return "why" in go ? notRun(go.why) : run();
  };
  return [
    {
      name: "go vet",
      run: withGo(() => singleCheck("go", ["vet", "./..."], { cwd: folder, signal, env: goEnv(env) })),
    },
    {
      name: "gofmt",
      run: async () =>
        findOnPath("gofmt", env) === undefined
          ? notRun("no gofmt here")
          : singleCheck("gofmt", ["-l", "."], { cwd: folder, signal, silent: true }),
    },
    {
      name: "actionlint",
      // What a shell line of a workflow means is no guess of the machine's shellcheck, if it has one: each calls a script.
      run: withGo(() =>
        singleCheck(
          "go",
          [
            "tool",
            "actionlint",
            "-shellcheck=",
            "-pyflakes=",
            ...readdirSync(workflows).map((file) => join(workflows, file)),
          ],
          { cwd: join(folder, "actionlint"), signal, env: goEnv(env) },
        ),
      ),
    },
    { name: "go test", run: withGo(() => goTests(folder, signal, goEnv(env))) },
  ];
}

/** @param {string} why */
function notRun(why) {
  return { passed: 0, failed: 0, note: `not run: ${why.replaceAll("\n", " ")}` };
}
