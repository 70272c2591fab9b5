import type { Case } from "../case.ts";
import type { Journey } from "../journey.ts";
import { isOpen } from "../collect.ts";
import { sinceOf } from "../end.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, type Observation, type Problem } from "../finding.ts";
import { channelTypeOf, textsSince, timeOf } from "../journey.ts";
import { handlerProblem } from "../number-handler.ts";
import { permitted } from "../permitted.ts";
import { maxInteractions } from "../reads/proxy.ts";
import { stamp } from "../stamp.ts";

/** Did Twilio receive the message, and does the number's configuration hand it to Flex? */
export function receive(given: Case): Promise<Observation> {
  return received(given, {
    withoutMessage: () => withoutMessage(given),
    // A message that came into a conversation was handed on, whatever the number is set to today.
    numberProblem: async () => ((await wasHandedOn(given)) ? undefined : numberProblem(given)),
  });
}

/** What of it depends on the way that the message goes. */
interface Way {
  withoutMessage(): Promise<Observation>;
  numberProblem(): Promise<Problem | undefined>;
}

/** Did Twilio receive the message? */
export async function received(
  given: Case<Pick<Journey, "message" | "customer" | "number">>,
  way: Way,
): Promise<Observation> {
  const { subject, journey, reads, body } = given;
  const { hasFlex } = reads.place;
  const { accountSid } = reads.account;
  if (hasFlex === false && reads.place.workspaceSid === undefined)
    return broken({
      cause: "no-flex",
      sentence: `Account ${accountSid} has no Flex: it has no Flex Configuration, and the stack provisioned nothing.`,
      fix: "Choose the stack of the right account with --stack, or create a Flex project in this one.",
    });
  // Asked once more: what was refused while the journey was looked for is told here.
  if (subject.kind === "message" && (await reads.messaging.message(subject.sid)) === undefined)
    return missing(subject.sid);
  if (subject.kind === "from" && journey.message === undefined) {
    const since = sinceOf(subject, reads);
    await reads.messaging.messages({ from: subject.number, since });
    return notFound(subject.number, since);
  }
  const { message, number } = journey;
  if (message === undefined) return way.withoutMessage();
  const at = timeOf(message);
  const received = `A text (${body(message.body)}) from ${journey.customer ?? "somebody"} was received on ${number ?? "a number"}.`;
  if (message.status === "failed" || message.errorCode)
    return broken(
      {
        cause: "message-failed",
        sentence: `Message ${message.sid} is ${message.status} with Twilio error ${message.errorCode}: ${message.errorMessage || `see https://www.twilio.com/docs/errors/${message.errorCode}`}`,
        fix: "Do what the page of that error says.",
        page: consolePage.message(accountSid, message.sid),
      },
      { at, sids: [message.sid] },
    );
  const sids = [message.sid];
  const problem = await way.numberProblem();
  return problem === undefined ? ok(received, { at, sids }) : broken(problem, { at, sids });
}

async function withoutMessage({ journey, reads }: Case): Promise<Observation> {
  const { channel, customer, number, outbound } = journey;
  if (channel === undefined && outbound !== undefined)
    return skipped("It was a text to the customer, and none of theirs is known.");
  if (channel === undefined || customer === undefined || number === undefined)
    return skipped("Which message it was is not known.");
  // What was refused while the journey was looked for is told here.
  await reads.messaging.messages({ from: customer, to: number, since: textsSince(channel) });
  return skipped("The customer's last text is no longer there, or was none of a phone.");
}

/** Whether the number handed the message on: its conversation's session has it, or is no longer there to tell. */
async function wasHandedOn(given: Case): Promise<boolean> {
  const { session, channelSid, message } = given.journey;
  if (channelSid === undefined) return false;
  if (session === undefined || !isOpen(session)) return true;
  const interactions = await permitted(() => given.reads.proxy.interactions(session.sid));
  if (interactions === undefined || interactions.length >= maxInteractions) return true;
  return interactions.some(({ inboundResourceSid }) => inboundResourceSid === message?.sid);
}

async function numberProblem(given: Case): Promise<Problem | undefined> {
  const { journey, reads, repair } = given;
  // Senders of other channels are not among the account's numbers.
  if (journey.number === undefined || channelTypeOf(journey.number) !== "sms") return undefined;
  const number = await reads.messaging.number(journey.number);
  return number === undefined
    ? numberMissing(journey.number, reads.account.accountSid)
    : handlerProblem(number, reads, repair);
}

/** A number that is not there any more. */
export function numberMissing(number: string, accountSid: string): Problem {
  return {
    cause: "number-missing",
    sentence: `${number} is no number of account ${accountSid}: it was released, or belongs to another account.`,
    fix: "Buy or port the number again, or tell customers another one.",
    page: consolePage.numbers(),
  };
}

function missing(sid: string): Observation {
  return broken({
    cause: "message-missing",
    sentence: `There is no message ${sid}: this account never received it, or it was deleted or is older than its retention.`,
    fix: "Check the SID and --stack. An old conversation can still be looked for with --channel CH… or --task WT….",
    page: consolePage.messages(),
  });
}

function notFound(number: string, since: Date): Observation {
  return broken({
    cause: "no-message",
    sentence: `Twilio received no message from ${number} since ${stamp(since)}.`,
    fix: "Look further back with --since, and check the sender's number. If the customer did write, something keeps the message from the number: ask Twilio's support.",
    page: consolePage.messages(),
  });
}
