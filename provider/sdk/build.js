// Compiles the generated SDK in sdks/twilio to sdks/twilio/bin, unless that is done: Node strips types
// from ES modules only, and Pulumi generates CommonJS. Runs on Node 20.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../sdks/twilio", import.meta.url));

/** Compiles the SDK and returns whether there was something to do. */
export function buildSdk() {
  const stamp = join(folder, "bin", ".sources");
  const sources = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return false;
  rmSync(join(folder, "bin"), { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(
      `The SDK in sdks/twilio does not compile; generate it again with "npm run sdk".\n${error.stdout ?? error}`,
    );
  }
  copyFileSync(join(folder, "package.json"), join(folder, "bin", "package.json"));
  writeFileSync(stamp, sources);
  return true;
}

/** What the result depends on: the compiler's version and every source file. */
function fingerprint() {
  const { version } = createRequire(import.meta.url)("typescript/package.json");
  const hash = createHash("sha256").update(version);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.startsWith(join(folder, "bin")) && !file.includes("node_modules"));
  for (const file of files.sort()) hash.update(file.slice(folder.length)).update(readFileSync(file));
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(buildSdk() ? "sdks/twilio is compiled" : "sdks/twilio is up to date");
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
