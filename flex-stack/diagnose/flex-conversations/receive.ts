import { skipped, type Observation, type Problem } from "../finding.ts";
import { channelTypeOf, textsSince } from "../journey.ts";
import { numberMissing, received } from "../steps/receive.ts";
import type { TalkCase } from "./talk.ts";

/** Did Twilio receive the message, on a number that is there? */
export function receive(given: TalkCase): Promise<Observation> {
  return received(given, {
    withoutMessage: () => withoutMessage(given),
    numberProblem: () => numberProblem(given),
  });
}

async function withoutMessage({ journey, reads }: TalkCase): Promise<Observation> {
  const { conversation, customer, number, outbound } = journey;
  if (conversation === undefined && outbound !== undefined)
    return skipped("It was a text to the customer, and none of theirs is known.");
  if (conversation === undefined || customer === undefined || number === undefined)
    return skipped("Which message it was is not known.");
  // What was refused while the journey was looked for is told here.
  await reads.messaging.messages({ from: customer, to: number, since: textsSince(conversation) });
  return skipped("The customer's last text is no longer there, or was none of a phone.");
}

/** A message that is in a conversation got there, whatever has become of the number. */
async function numberProblem({ journey, reads }: TalkCase): Promise<Problem | undefined> {
  const { number, conversationSid } = journey;
  if (number === undefined || conversationSid !== undefined || channelTypeOf(number) !== "sms")
    return undefined;
  const owned = await reads.messaging.number(number);
  return owned === undefined ? numberMissing(number, reads.account.accountSid) : undefined;
}
