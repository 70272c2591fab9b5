import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import { parseEndpoint } from "./endpoint.ts";
import { runningIdentity } from "./local-twilio.ts";

/** Two processes must not share a port; the second one is told what is there. @throws Failure that says so */
export async function refuseSecond({ host, port }: Pick<EmulatorOptions, "host" | "port">): Promise<void> {
  if (port === 0) return;
  const shown = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  const address = `http://${shown.includes(":") ? `[${shown}]` : shown}:${port}`;
  if (!URL.canParse(address))
    throw new Failure({
      what: `--host ${JSON.stringify(host)} is neither a name nor an address of this machine.`,
      fix: "Leave it out, or give an address to listen on, such as 127.0.0.1.",
      exitCode: ExitCode.usage,
    });
  const endpoint = parseEndpoint(address, "dev");
  if ((await runningIdentity(endpoint)) === undefined) return;
  throw new Failure({
    what: `A local Twilio listens on ${endpoint.url} already.`,
    fix: "Use that one, or start another with --port and --file of its own.",
  });
}
