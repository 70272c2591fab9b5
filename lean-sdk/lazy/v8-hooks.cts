import type { Session } from "node:inspector";

const v8 = require("node:v8") as typeof import("node:v8");
// Whoever reads functions writes V8's own words for what is inside them.
v8.setFlagsFromString("--allow-natives-syntax");

let session: Promise<Session> | undefined;
const urls = new Map<string, string>();

/** V8 tells of every script that was loaded before it was asked to, as long as somebody listens by then. */
async function open(): Promise<Session> {
  const inspector = require("node:inspector") as typeof import("node:inspector");
  const opened = new inspector.Session();
  opened.connect();
  opened.on("Debugger.scriptParsed", ({ params }) => void urls.set(params.scriptId, params.url));
  await new Promise<void>((resolve, reject) => {
    opened.post("Debugger.enable", (error) => (error ? reject(error) : resolve()));
  });
  return opened;
}

/**
 * Stands in for Pulumi's `runtime/closure/v8Hooks`, which starts the debugger with every program, though only those that
 * put functions into their state (dynamic providers) need it: it slows down all that runs.
 */
module.exports = {
  isInitializedAsync: (): Promise<void> => Promise.resolve(),
  getSessionAsync: (): Promise<Session> => (session ??= open()),
  getScriptUrl: (id: string): string | undefined => urls.get(id),
};
