import "../lean-sdk/lean-twilio.ts";
import { flushCompileCache } from "node:module";

import { serveProvider } from "./serve.ts";
import { watchEngine } from "./server/watchEngine.ts";

// Pulumi starts the provider with the engine's address, and reads the port from the first line.
const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
// Killed, the engine can't say goodbye; what nobody records any more must not be done.
if (engineAddress !== undefined) watchEngine(engineAddress, () => process.exit(1));
// Pulumi requires this file, which top-level await would prevent.
serveProvider(engineAddress).then(
  (port) => {
    console.log(port);
    // Node.js would keep what it compiled when the process ends, and Pulumi kills it. By then all of it is loaded.
    setTimeout(flushCompileCache, 1_000).unref();
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
