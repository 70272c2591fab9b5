#!/usr/bin/env node
// What the scripts of package.json call: the set-up, then a program on the project's own Node.js.
//   node setup/run.mjs                     the set-up alone
//   node setup/run.mjs check [jest args]   every check and test
//   node setup/run.mjs flex-stack ARGS     a command of flex-stack
//   node setup/run.mjs build-plugin        the bundle of the Flex UI plugin
// Runs on Node.js 20 without any package.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { asFailure } from "./failure.mjs";
import { projectNode, pulumiHome, ROOT } from "./project.mjs";
import { redact } from "./redact.mjs";
import { Report } from "./report.mjs";
import { setUp } from "./set-up.mjs";

/** @type {Record<string, string>} */
const PROGRAMS = {
  "flex-stack": "cli/main.ts",
  check: "setup/checks/main.mjs",
  "build-plugin": "plugin/build.ts",
  ci: "ci/main.ts",
};
/** @type {NodeJS.Signals[]} */
const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"];

const [name, ...args] = process.argv.slice(2);
const program = name === undefined ? undefined : PROGRAMS[name];
if (name !== undefined && program === undefined) {
  process.stderr.write(
    `There is no ${JSON.stringify(name)}; there are ${Object.keys(PROGRAMS).join(", ")}.\n`,
  );
  process.exit(2);
}
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  process.stderr.write(
    `This is Node.js ${process.versions.node}, and the set-up needs 20 or newer.\n  fix: install it from https://nodejs.org\n`,
  );
  process.exit(1);
}

await prepare();
if (program !== undefined) {
  runOnProjectNode(program, args);
}

/** Sets up; a failure or a signal ends the process here. */
async function prepare() {
  const stop = new AbortController();
  const interrupt = (/** @type {NodeJS.Signals} */ signal) => {
    stop.abort();
    process.exitCode = 128 + constants.signals[signal];
  };
  // Told twice changes nothing: npm passes a terminal's Ctrl-C on, which came here already, and what runs is being ended.
  STOPPING.forEach((signal) => process.on(signal, interrupt));
  try {
    const project = { root: ROOT, env: process.env, signal: stop.signal };
    // Who only asks what there is does not wait for a bundle.
    const asksForHelp = args.includes("--help") || args.includes("-h");
    const forDesktop = name === "check" || (name === "flex-stack" && args[0] === "flex-ui" && !asksForHelp);
    await setUp(project, new Report(process.stderr), {
      forTests: name === "check",
      forDesktop,
      forPlugin: forDesktop || name === "build-plugin",
    });
  } catch (error) {
    if (!stop.signal.aborted) {
      process.stderr.write(`\n${redact(asFailure(error).message, process.env)}\n`);
      process.exit(1);
    }
  }
  if (stop.signal.aborted) {
    process.stderr.write("\nset-up: stopped; what was finished stays\n");
    process.exit();
  }
  STOPPING.forEach((signal) => process.off(signal, interrupt));
}

/**
 * Runs a program on the project's Node.js and ends as it ends.
 *
 * @param {string} file
 * @param {string[]} rest
 */
function runOnProjectNode(file, rest) {
  const node = projectNode(ROOT);
  const env = {
    ...process.env,
    PATH: [
      join(ROOT, "node_modules", ".bin"),
      join(pulumiHome({ root: ROOT, env: process.env }), "bin"),
      process.env["PATH"],
    ].join(delimiter),
    // Loading the packages is most of a short command's time; compiled code is kept between runs. The language host of
    // toolchain/ keeps it in the same place.
    NODE_COMPILE_CACHE:
      process.env["NODE_COMPILE_CACHE"] ?? join(ROOT, "node_modules", ".cache", "node-compile"),
  };
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(ROOT, file), ...rest], {
    env,
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to the child as well; it decides when to end.
  process.on("SIGINT", () => void (process.stdin.isTTY ? undefined : child.kill("SIGINT")));
  process.on("SIGTERM", () => void child.kill("SIGTERM"));
  process.on("SIGHUP", () => void child.kill("SIGHUP"));
  endWithParent(child);
  child.on("error", (error) => {
    process.stderr.write(
      `${node} can't be started: ${error.message}\n  fix: remove node_modules, and run the command again\n`,
    );
    process.exitCode = 1;
  });
  child.on("close", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

/**
 * Ends a program as SIGTERM does once npm is gone that started this process: npm does not pass that signal on, and the
 * local Twilio would go on and hold its port.
 *
 * @param {import("node:child_process").ChildProcess} child
 */
function endWithParent(child) {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
  watch.unref();
}
