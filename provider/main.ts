import { readFileSync } from "node:fs";

import { resources } from "./resources/index.ts";
import { watchEngine } from "./server/watchEngine.ts";
import { ProviderServer } from "./server/server.ts";
import { pulumiIn } from "./stack/runPulumi.ts";
import { StackRecords } from "./stack/stackRecords.ts";

// Pulumi starts the provider with the engine's address, and reads the port from the first line.
const server = new ProviderServer({
  definitions: resources,
  env: process.env,
  records: (place) => new StackRecords(place, pulumiIn(process.cwd(), process.env)),
  stackFile: (stack) => {
    try {
      return readFileSync(`Pulumi.${stack}.yaml`, "utf8");
    } catch {
      return undefined;
    }
  },
});
const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
if (engineAddress !== undefined) {
  server.connect(engineAddress);
  // Killed, the engine can't say goodbye; what nobody records any more must not be done.
  watchEngine(engineAddress, () => process.exit(1));
}
// Pulumi requires this file, which top-level await would prevent.
server.listen().then(
  (port) => console.log(port),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
