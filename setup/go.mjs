import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findOnPath, runCommand } from "./command.mjs";

/**
 * @typedef {{ file: string } | { why: string }} FoundGo the Go on PATH that can build a module, or why there is none
 */

/**
 * Looks for a Go that can build a module. Go 1.21 and newer fetch the Go that go.mod asks for, if they are too old.
 *
 * @param {string} folder of go.mod
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {Promise<FoundGo>}
 */
export async function findGo(folder, { env, signal }) {
  const file = findOnPath("go", env);
  if (file === undefined) {
    return { why: "There is no Go on PATH." };
  }
  const wanted = wantedGo(folder);
  const inside = await runCommand(file, ["version"], { cwd: folder, env, signal });
  const version = versionIn(inside.output);
  if (inside.code === 0 && version !== undefined && compareVersions(version, wanted) >= 0) {
    return { file };
  }
  const outside = await runCommand(file, ["version"], { cwd: dirname(file), env, signal });
  const found = outside.code === 0 ? versionIn(outside.output) : undefined;
  if (found === undefined) {
    return {
      why: `${file} does not tell its version: ${outside.output.trim() || `it ended with ${outside.code}`}`,
    };
  }
  const fetching = inside.code === 0 ? "" : `\nIt can't fetch a newer one: ${inside.output.trim()}`;
  return { why: `${file} is Go ${found}, and Go ${wanted} or newer is needed.${fetching}` };
}

/**
 * The environment of Go for toolchain/. Building and checking use the same, or Go would compile all of Pulumi again
 * for the checks. Without C the programs run on every Linux; a workspace of the user's must not choose other versions.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function goEnv(env) {
  return { ...env, CGO_ENABLED: "0", GOWORK: "off" };
}

/**
 * @param {string} folder of go.mod
 * @returns {string} the oldest Go that builds it
 */
export function wantedGo(folder) {
  return /^go (\S+)/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[1] ?? "1.25";
}

/** @param {string} output of `go version` */
function versionIn(output) {
  return /go version go(\d+(?:\.\d+)*)/.exec(output)?.[1];
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
