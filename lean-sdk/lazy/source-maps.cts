type Frames = readonly NodeJS.CallSite[];
type Prepare = (error: Error, frames: Frames) => unknown;

const { readFileSync } = require("node:fs") as typeof import("node:fs");
const { resolve, sep } = require("node:path") as typeof import("node:path");
const { fileURLToPath } = require("node:url") as typeof import("node:url");
const { places } = require("./lazily.cts") as { places: ReadonlyMap<string, string> };

/** Where `@pulumi/twilio` is that this project's packages link to. */
const ownSdk = resolve(__dirname, "..", "..", "sdks") + sep;

let mapped: Prepare | undefined;
const compiled = new Map<string, boolean>();

/** Whether a file of the program was compiled, and says where from. Of packages nobody wants to know. */
function isCompiled(file: string | null | undefined): boolean {
  if (file == null || file.startsWith("node:") || file.startsWith(ownSdk)) return false;
  if (/node_modules[\\/]@(pulumi|grpc)[\\/]/.test(file)) return false;
  let found = compiled.get(file);
  if (found === undefined) {
    found = saysWhereFrom(file);
    compiled.set(file, found);
  }
  return found;
}

function saysWhereFrom(file: string): boolean {
  try {
    const path = file.startsWith("file:") ? fileURLToPath(file) : file;
    return /\n\/\/[#@] sourceMappingURL=/.test(readFileSync(path, "utf8"));
  } catch {
    return false;
  }
}

/** As Node.js does it itself. */
function plain(error: Error, frames: Frames): string {
  let head: string;
  try {
    head = Error.prototype.toString.call(error);
  } catch {
    head = "<error>";
  }
  return [head, ...frames.map((frame) => `    at ${frame}`)].join("\n");
}

/**
 * Stands in for `source-map-support/register`, which looks for a map of every line of every stack. Pulumi's SDK notes a
 * stack for each promise, so that this is a fifth of what a program takes that was not compiled at all.
 */
Error.prepareStackTrace = (error: Error, frames: Frames): unknown => {
  if (!frames.some((frame) => isCompiled(frame.getFileName()))) return plain(error, frames);
  if (mapped === undefined) {
    const own = Error.prepareStackTrace;
    require(places.get("source-maps") ?? "source-map-support/register");
    mapped = Error.prepareStackTrace as Prepare;
    Error.prepareStackTrace = own;
  }
  return mapped(error, frames);
};

module.exports = {};
