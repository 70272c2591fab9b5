import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isExecutable, outerEnv, runCommand } from "../command.mjs";
import { requireSpace } from "../disk.mjs";
import { SetupFailure } from "../failure.mjs";
import { findGo, goEnv, wantedGo } from "../go.mjs";
import { pulumiHome, pulumiVersion } from "../project.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("../report.mjs").Progress} Progress */
/** @typedef {import("./step.mjs").Step} Step */

/** Where Pulumi's own installation comes from. */
const DOWNLOADS = "https://get.pulumi.com/install.sh";
const REACHED_WITHIN = 5_000;
const DOWNLOADED_WITHIN = 10 * 60_000;

// What a build leaves on the disk, rounded up: the sources of Pulumi and all it needs, the compiled packages, and the
// two programs.
const SOURCES_MEGABYTES = 2_500;
const COMPILED_MEGABYTES = 2_000;
const PROGRAMS_MEGABYTES = 300;

// `pulumi` last: the npm package "pulumi" looks for it alone, so the rest must be there when it is.
const PROGRAMS = ["pulumi-language-nodejs", "pulumi"];

// Says from which sources a language host of ours was built. Pulumi's own, downloaded, has no such file.
const BUILT_FROM = "pulumi-language-nodejs.built-from";

// What is not finished lies beside its place, under this name and a random end.
const MAKING = ".making-";

/**
 * Pulumi's command line tool, of the version that package.json pins, where the npm package "pulumi" looks for it. It is
 * downloaded as that package does, or else built from the Go module in toolchain/.
 *
 * @param {Project} project
 * @param {object} [options]
 * @param {Promise<unknown>} [options.packages] settles when the npm packages are there: the download needs them
 * @param {(signal: AbortSignal) => Promise<boolean>} [options.reachable] whether Pulumi's downloads can be reached
 * @returns {Step}
 */
export function pulumi(project, { packages = Promise.resolve(), reachable = downloadsReachable } = {}) {
  const home = pulumiHome(project);
  const isDone = () =>
    PROGRAMS.every((program) => isExecutable(join(home, "bin", program))) && isCurrent(project.root, home);
  return {
    name: `Pulumi ${pulumiVersion(project.root)}`,
    doing: "looking for its download",
    lock: `${home}.lock`,
    isDone,
    run: (progress) => install(project, home, progress, packages, reachable),
  };
}

/**
 * @param {Project} project
 * @param {string} home
 * @param {Progress} progress
 * @param {Promise<unknown>} packages
 * @param {(signal: AbortSignal) => Promise<boolean>} reachable
 */
async function install(project, home, progress, packages, reachable) {
  removeLeftovers(home);
  const scratch = mkdtempSync(home + MAKING);
  try {
    let why = `Its download can't be reached (${DOWNLOADS}).`;
    if (await reachable(project.signal)) {
      progress.update("waiting for the npm packages");
      await packages;
      progress.update("downloading it");
      const downloaded = await download(project, scratch);
      if (downloaded.done) {
        rmSync(join(home, "bin", BUILT_FROM), { force: true });
        moveInto(home, downloaded.bin);
        return "downloaded";
      }
      why = `Its download failed: ${downloaded.why}`;
    }
    progress.update("building it with Go");
    await build(project, scratch, progress, why);
    mkdirSync(join(home, "bin"), { recursive: true });
    writeFileSync(join(home, "bin", BUILT_FROM), sources(project.root));
    moveInto(home, join(scratch, "bin"));
    return "built with Go";
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Whether the language host is the one that toolchain/ would build now, where it was built from there.
 *
 * @param {string} root
 * @param {string} home
 */
function isCurrent(root, home) {
  const file = join(home, "bin", BUILT_FROM);
  return !existsSync(file) || readFileSync(file, "utf8") === sources(root);
}

/** @param {string} root */
function sources(root) {
  const folder = join(root, "toolchain");
  const hash = createHash("sha256");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.go$|^go\.(mod|sum)$/.test(file) && !file.endsWith("_test.go")) {
      hash.update(file).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest("hex");
}

/**
 * What a set-up that was killed has left; the lock says that no other is at it.
 *
 * @param {string} home
 */
function removeLeftovers(home) {
  const folder = dirname(home);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(basename(home) + MAKING)) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** @param {AbortSignal} stop */
async function downloadsReachable(stop) {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(REACHED_WITHIN)]);
  try {
    const response = await fetch(DOWNLOADS, { method: "HEAD", signal });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Has the npm package "pulumi" download into a folder of its own, so that a download that was cut off is never taken
 * for the whole.
 *
 * @param {Project} project
 * @param {string} scratch
 * @returns {Promise<{ done: true, bin: string } | { done: false, why: string }>}
 */
async function download({ root, env, signal }, scratch) {
  const { code, output } = await runCommand(
    process.execPath,
    [join(root, "node_modules", "pulumi", "run.js"), "version"],
    {
      cwd: root,
      env: { ...outerEnv(env), TMPDIR: scratch, PULUMI_HOME: scratch, PULUMI_VERSION: pulumiVersion(root) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(DOWNLOADED_WITHIN)]),
    },
  );
  const bin = join(scratch, "versions", pulumiVersion(root), "bin");
  if (code === 0 && PROGRAMS.every((program) => isExecutable(join(bin, program)))) {
    return { done: true, bin };
  }
  return { done: false, why: output.trim().split("\n").at(-1) || `it ended with ${code}` };
}

/**
 * @param {Project} project
 * @param {string} scratch gets the programs in bin/
 * @param {Progress} progress
 * @param {string} noDownload why it is built
 */
async function build({ root, env, signal }, scratch, progress, noDownload) {
  const toolchain = join(root, "toolchain");
  const version = pulumiVersion(root);
  const found = await findGo(toolchain, { env, signal });
  if ("why" in found) {
    throw new SetupFailure({
      what: `Pulumi ${version} can't be installed.`,
      why: `${noDownload} It can't be built with Go either: ${found.why}`,
      fix: `Allow access to get.pulumi.com, or install Go ${wantedGo(toolchain)} or newer (https://go.dev/dl) and put it first on PATH; then run the command again.`,
    });
  }
  const go = found.file;
  const caches = await runCommand(go, ["env", "GOMODCACHE", "GOCACHE"], { cwd: toolchain, env, signal });
  const [sources = toolchain, compiled = toolchain] = caches.output.trim().split("\n");
  const isFetched = existsSync(join(sources, "github.com", "pulumi", "pulumi", "pkg"));
  const isCompiled = existsSync(compiled);
  requireSpace(`Pulumi ${version} can't be built.`, [
    // Go compiles in a folder of its own before it keeps the results.
    { dir: scratch, megabytes: PROGRAMS_MEGABYTES + (isCompiled ? 0 : COMPILED_MEGABYTES) },
    { dir: sources, megabytes: isFetched ? 0 : SOURCES_MEGABYTES },
    { dir: compiled, megabytes: isCompiled ? 0 : COMPILED_MEGABYTES },
  ]);
  const linked = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  await compile("./pulumi-language-nodejs", "pulumi-language-nodejs");
  await compile("github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", "pulumi");

  /**
   * @param {string} module
   * @param {string} program
   */
  async function compile(module, program) {
    let fetched = 0;
    let built = 0;
    const { code, output } = await runCommand(
      go,
      [
        "build",
        "-v",
        "-mod=readonly",
        "-buildvcs=false",
        "-ldflags",
        linked,
        "-o",
        join(scratch, "bin", program),
        module,
      ],
      {
        cwd: toolchain,
        // What Go leaves when it is stopped goes with the rest.
        env: { ...goEnv(env), GOTMPDIR: scratch },
        signal,
        onLine: (line) => {
          if (line.startsWith("go: downloading")) {
            progress.update(`fetching Go modules for ${program}: ${++fetched}`);
          } else {
            progress.update(`building ${program} with Go: ${++built} packages`);
          }
        },
      },
    );
    if (code !== 0) {
      throw new SetupFailure({
        what: `${program} can't be built from toolchain/.`,
        why: output
          .trim()
          .split("\n")
          .filter((line) => !line.startsWith("go: downloading"))
          .slice(-6)
          .join("\n"),
        fix: /no space left/i.test(output)
          ? "Free some space on the disk, and run the command again."
          : /dial tcp|lookup |proxyconnect|i\/o timeout|connection refused|403 Forbidden/i.test(output)
            ? "Check that Go modules can be fetched (go env GOPROXY), and run the command again."
            : "Run go build there to see all of Go's output, correct that, and run the command again.",
      });
    }
  }
}

/**
 * Puts finished programs in their place, each at once.
 *
 * @param {string} home
 * @param {string} bin
 */
function moveInto(home, bin) {
  mkdirSync(join(home, "bin"), { recursive: true });
  for (const program of PROGRAMS) {
    renameSync(join(bin, program), join(home, "bin", program));
  }
}
