import { withoutCredentials } from "../../config/credential.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";

/**
 * Has the sink of a local Twilio pass on what it gets to a program, or no longer.
 *
 * @param url Of the local Twilio
 * @param forward Of the program
 * @returns the program's address, to be shown
 * @throws Failure when it can't be used
 */
export async function passOn(url: string, forward: string | undefined): Promise<string> {
  const answer = await fetch(`${url}/_emulator/sink`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ forward: forward ?? null }),
  });
  const shown = withoutCredentials("", forward ?? "");
  if (answer.ok) return shown;
  const { message } = (await answer.json()) as { message?: string };
  throw new Failure({
    what: `--forward ${JSON.stringify(shown)} can't be used.`,
    ...(message !== undefined && { why: message }),
    fix: "Give the address of your program, such as http://127.0.0.1:3000.",
    exitCode: ExitCode.usage,
  });
}
