// Compiles the generated SDK in sdks/twilio to sdks/twilio/bin, unless that is done: Node strips types
// from ES modules only, and Pulumi generates CommonJS. Runs on Node 20.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../sdks/twilio", import.meta.url));
const result = join(folder, "bin");

/** Whether sdks/twilio/bin is what its sources and the compiler would give. */
export function sdkIsBuilt() {
  const stamp = join(result, ".sources");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint();
}

/** Compiles the SDK and returns whether there was something to do. */
export function buildSdk() {
  if (sdkIsBuilt()) return false;
  // Programs that run meanwhile see the old result or the new one, never half of it.
  const made = join(folder, `.bin-${process.pid}`);
  try {
    compile(made);
    copyFileSync(join(folder, "package.json"), join(made, "package.json"));
    writeFileSync(join(made, ".sources"), fingerprint());
    const old = join(folder, `.old-${process.pid}`);
    if (existsSync(result)) renameSync(result, old);
    renameSync(made, result);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return true;
}

/** @param {string} target */
function compile(target) {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [compiler, "-p", folder, "--outDir", target], {
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const { stdout } = /** @type {{ stdout?: string }} */ (error);
    throw new Error(
      `The SDK in sdks/twilio does not compile; generate it again with "npm run sdk".\n${stdout || error}`,
    );
  }
}

/** What the result depends on: the compiler's version and every source file. */
function fingerprint() {
  const { version } = createRequire(import.meta.url)("typescript/package.json");
  const hash = createHash("sha256").update(version);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/^\/(\.?bin|\.old|node_modules)\b/.test(file.slice(folder.length)));
  for (const file of files.sort()) hash.update(file.slice(folder.length)).update(readFileSync(file));
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(buildSdk() ? "sdks/twilio is compiled" : "sdks/twilio is up to date");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
