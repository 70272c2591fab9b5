import { ExitCode } from "../failure/exit-code.ts";
import { UnsaidAccount } from "../account/settings.ts";
import { Failure } from "../failure/failure.ts";
import { configValue } from "../project/settings.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { LocalAccount } from "./twilio-http.ts";

/** The account that a stack names on its local Twilio. @throws Failure when it is a real one, or none is named */
export function localAccount({ session, twilio }: StackRun): LocalAccount {
  if (session.endpoint === undefined || twilio === undefined)
    throw new Failure({
      what: `Stack "${session.name}" is not on a local Twilio.`,
      why: "A simulated message would cost money and reach a phone; only the local Twilio takes one.",
      fix: "Choose a stack with a twilio:endpoint on this machine, e.g. --stack dev.",
      exitCode: ExitCode.usage,
    });
  const [accountSid, authToken] = ["twilio:accountSid", "twilio:authToken"].map((key) =>
    configValue(session.settings, key),
  );
  if (accountSid === undefined || authToken === undefined)
    throw new UnsaidAccount({
      what: `Stack "${session.name}" has no twilio:accountSid and twilio:authToken in plain text.`,
      fix: "Set them as in Pulumi.dev.yaml; those of a local Twilio are no secret.",
      exitCode: ExitCode.usage,
    });
  if (!/^AC[0-9a-f]{32}$/.test(accountSid))
    throw new Failure({
      what: `twilio:accountSid of stack "${session.name}" must be AC and 32 hexadecimal digits, and is ${JSON.stringify(accountSid)}.`,
      fix: "Set the one that npx flex-stack emulator prints.",
      exitCode: ExitCode.usage,
    });
  return { url: session.endpoint.url, accountSid, authToken };
}
