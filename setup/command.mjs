import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { redact } from "./redact.mjs";

/** How much of a command's output is kept, for messages. */
const KEPT_OUTPUT = 64 * 1024;
/** Milliseconds between asking a command to end and ending it. */
const GRACE = 3_000;

/**
 * @typedef {object} Result
 * @property {number} code exit code; 128 and more when a signal ended the command, 127 when there is no such command
 * @property {string} output the end of what it wrote, without credentials
 */

/**
 * Runs a command to its end. It never throws: a command that can't be started has exit code 127.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {AbortSignal} options.signal ends the command and all that it started
 * @param {(line: string) => void} [options.onLine] sees each line it writes, without credentials
 * @returns {Promise<Result>}
 */
export function runCommand(command, args, { cwd, env, signal, onLine }) {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ code: 128, output: `${command} was not started` });
      return;
    }
    let output = "";
    // A process group of its own, so that what the command started ends with it: Go's compilers, npm's scripts.
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    /** @type {NodeJS.Timeout | undefined} */
    let last;
    const stop = () => {
      endGroup(child.pid, "SIGTERM");
      last = setTimeout(() => endGroup(child.pid, "SIGKILL"), GRACE);
    };
    signal.addEventListener("abort", stop, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (/** @type {string} */ text) => {
        output = (output + text).slice(-KEPT_OUTPUT);
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach((line) => onLine?.(redact(line, env)));
      });
      stream.on("end", () => rest !== "" && onLine?.(redact(rest, env)));
    }
    /** @param {number} code */
    const end = (code) => {
      signal.removeEventListener("abort", stop);
      clearTimeout(last);
      resolve({ code, output: redact(output, env) });
    };
    child.on("error", (error) => {
      output += error.message;
      if (child.pid === undefined) {
        end(127);
      }
    });
    child.on("close", (code, killedBy) => {
      if (killedBy !== null && output === "") {
        output = `ended by ${killedBy}`;
      }
      end(code ?? 128);
    });
  });
}

/**
 * @param {number | undefined} pid of the group's first process
 * @param {NodeJS.Signals} signal
 */
function endGroup(pid, signal) {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It ended on its own meanwhile.
  }
}

/**
 * The environment without the project's own node_modules/.bin on PATH, so that a set-up step never runs by the very
 * Node.js that it is about to replace.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function outerEnv(env) {
  const inner = join("node_modules", ".bin");
  const path = (env["PATH"] ?? "")
    .split(delimiter)
    .filter((dir) => !dir.endsWith(sep + inner) && dir !== inner)
    .join(delimiter);
  return { ...env, PATH: path };
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the file that PATH finds for a command
 */
export function findOnPath(name, env) {
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((dir) => dir !== "")
    .map((dir) => join(dir, name))
    .find(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    const stat = statSync(file);
    return stat.isFile() && stat.size > 0;
  } catch {
    return false;
  }
}

/**
 * The npm to call: the one that runs the current script, else the one on PATH.
 *
 * @param {NodeJS.ProcessEnv} env an outer environment
 * @returns {[command: string, ...args: string[]]}
 */
export function npmCommand(env) {
  const running = env["npm_execpath"];
  if (running !== undefined && /[\\/]npm-cli\.js$/.test(running)) {
    return [findOnPath("node", env) ?? process.execPath, running];
  }
  return ["npm"];
}
