// Runs the Pulumi program named on the command line and sends its parent what that declared. A process of its own:
// Pulumi keeps its state in globals, and a program runs once, when it is loaded.
import "../lean-sdk/lean-imports.ts";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { recordProgram, type Declared } from "./record-program.ts";

/** What the process sends before it ends. */
export type Recording = { readonly declared: Declared[] } | { readonly error: string };

const [, , main = "", project = "", stack = ""] = process.argv;

function send(recording: Recording): void {
  process.send?.(recording, () => process.exit());
}

// Pulumi reports failures of what nobody awaits this way.
process.on("unhandledRejection", (error) => send({ error: messageOf(error) }));
process.on("uncaughtException", (error) => send({ error: messageOf(error) }));

try {
  const file = programFile(main);
  const declared = await recordProgram(() => import(pathToFileURL(file).href), { project, stack });
  // A rejection that nobody handles is told after the turn it happened in.
  setImmediate(() => send({ declared }));
} catch (error) {
  send({ error: messageOf(error) });
}

function programFile(path: string): string {
  if (existsSync(path) && statSync(path).isFile()) return path;
  const file = ["index.ts", "index.js", "index.mjs"].map((name) => join(path, name)).find(existsSync);
  if (file === undefined) throw new Error(`There is no program at ${path}.`);
  return file;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
