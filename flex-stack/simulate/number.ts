import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { Settings } from "../project/settings.ts";
import { parsedJson } from "../values/property-value.ts";
import type { TextOptions } from "./options.ts";
import type { TwilioHttp } from "./twilio-http.ts";

/**
 * The number that a text goes to: the one that was named, else the first of the stack.
 *
 * @throws Failure when it is none of the account's, or the customer's own
 */
export async function chooseNumber(
  http: TwilioHttp,
  settings: Settings,
  { from, to = firstNumber(settings) }: Pick<TextOptions, "from" | "to">,
): Promise<string> {
  if (to === from) throw sameNumber(to);
  await requireNumber(http, to);
  return to;
}

/** The number that stands first in the stack's configuration. */
function firstNumber({ project, stack }: Settings): string {
  // pulumi config set writes a map as JSON text.
  const handling = parsedJson(stack.config?.[`${project.name}:messageHandling`]);
  const { numbers = {} } = (handling ?? {}) as { numbers?: Record<string, { phoneNumber?: unknown }> };
  const number = Object.values(numbers)[0]?.phoneNumber;
  if (typeof number === "string") return number;
  throw new Failure({
    what: "The stack's configuration names no number.",
    fix: "Say which one is written to with --to.",
    exitCode: ExitCode.usage,
  });
}

/** @throws Failure with the numbers that there are, when it is none of them */
async function requireNumber(http: TwilioHttp, number: string): Promise<void> {
  const { incoming_phone_numbers: numbers } = await http.send<{
    incoming_phone_numbers: { phone_number: string }[];
  }>({
    method: "GET",
    url: `https://api.twilio.com/2010-04-01/Accounts/${http.account.accountSid}/IncomingPhoneNumbers.json?PageSize=1000`,
  });
  const known = numbers.map(({ phone_number }) => phone_number);
  if (known.includes(number)) return;
  throw new Failure({
    what: `${number} is no number of the account; a message to it would not come in here.`,
    fix:
      known.length === 0
        ? "The account has no number; add one to the stack's configuration, and run up."
        : `Write to one of these with --to: ${known.join(", ")}.`,
    exitCode: ExitCode.usage,
  });
}

function sameNumber(number: string): Failure {
  return new Failure({
    what: `${number} can't write to itself: it is the number written to.`,
    fix: "Give the customer another number with --from.",
    exitCode: ExitCode.usage,
  });
}
