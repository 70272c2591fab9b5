// What start-host.ts runs: a language host that is told over the channel to its parent, and ends with that.
import "../../lean-sdk/lean-imports.ts";
import "../../lean-sdk/lean-twilio.ts";
import { flushCompileCache } from "node:module";
import { serveLanguageRuntime } from "./language-runtime.ts";
import { unrefServers } from "./unref.ts";

unrefServers();
// A program has another one while it runs.
const exit = process.exit.bind(process);
process.on("disconnect", () => exit());
process.on("message", () => {
  // What was compiled for the first time is kept for the next process.
  flushCompileCache();
  exit();
});
const port = await serveLanguageRuntime();
process.send?.({ port });
