import { readFileSync } from "node:fs";

import { resources } from "./resources/index.ts";
import { ProviderServer } from "./server/server.ts";
import { leftJournalIn } from "./stack/leftJournal.ts";
import { pulumiIn } from "./stack/runPulumi.ts";
import { StackRecords } from "./stack/stackRecords.ts";

/**
 * Serves the provider to Pulumi, on loopback, with the environment and the folder of this process.
 *
 * @param engineAddress Where the engine hears messages; absent when nobody does.
 * @returns the port
 */
export async function serveProvider(engineAddress: string | undefined): Promise<number> {
  const server = new ProviderServer({
    definitions: resources,
    env: process.env,
    records: (place) => new StackRecords(place, pulumiIn(process.cwd(), process.env)),
    leftJournal: leftJournalIn(process.cwd(), process.env),
    stackFile: (stack) => {
      try {
        return readFileSync(`Pulumi.${stack}.yaml`, "utf8");
      } catch {
        return undefined;
      }
    },
  });
  if (engineAddress !== undefined) server.connect(engineAddress);
  return server.listen();
}
