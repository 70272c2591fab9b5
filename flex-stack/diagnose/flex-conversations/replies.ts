import type { MessageInstance } from "twilio/lib/rest/conversations/v1/service/conversation/message.js";
import { textOf } from "../../account/attributes.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { channelTypeOf } from "../journey.ts";
import { bindingOf } from "../reads/conversations.ts";
import { workersOf } from "../steps/agents.ts";
import { lost, undelivered } from "../steps/replies.ts";
import { closing, freesPair } from "./closing.ts";
import type { TalkCase } from "./talk.ts";

/** How far a message got with those who get it as a text. */
interface Delivery {
  readonly sent?: Share;
  readonly delivered?: Share;
  readonly read?: Share;
  readonly failed?: Share;
  readonly undelivered?: Share;
}

type Share = "none" | "some" | "all";

/** Does what the agent writes leave as a text to the customer, and arrive? */
export async function replies(given: TalkCase): Promise<Observation> {
  const { journey, reads, body } = given;
  const { conversation, outbound, taskSid, taskAttributes } = journey;
  if (outbound !== undefined && lost.includes(outbound.status))
    return broken((await numberLost(given)) ?? undelivered(given, outbound), {
      at: outbound.dateCreated,
      sids: [outbound.sid],
    });
  if (conversation === undefined)
    return skipped("No conversation is known in which an agent could have written.");
  const participants = await reads.conversations.participants(conversation);
  const texting = participants.filter((one) => bindingOf(one)?.address !== undefined);
  if (
    texting.length === 0 &&
    (journey.number === undefined || textOf(taskAttributes, "channelType") === "web")
  )
    return skipped("Nobody texts in this conversation: nothing has to be sent on.");
  const agents = taskSid === undefined ? new Set<string>() : await workersOf(taskSid, reads);
  const written = (await reads.conversations.messages(conversation))
    .filter(({ author }) => agents.has(author))
    .reverse();
  const last = written.at(-1);
  const at = last?.dateCreated;
  const sids = last === undefined ? [] : [last.sid];
  if (texting.length === 0 && (last === undefined || last.delivery === null))
    return broken(await nobodyThere(given, last), { at, sids });
  if (last === undefined) return skipped("No agent has written yet.");
  const unsent = written.find(({ delivery }) => delivery === null);
  if (unsent !== undefined) return broken(notSent(unsent), { at: unsent.dateCreated, sids: [unsent.sid] });
  const failed = written.find(
    (one) => isNotNone(deliveryOf(one).failed) || isNotNone(deliveryOf(one).undelivered),
  );
  if (failed !== undefined)
    return broken(await reasonForFailure(given, failed), { at: failed.dateCreated, sids: [failed.sid] });
  const count = `${written.length} message${written.length === 1 ? "" : "s"} of ${[...new Set(written.map(({ author }) => author))].join(", ")}`;
  const { delivered, read } = deliveryOf(last);
  return isNotNone(delivered) || isNotNone(read)
    ? ok(
        `${count} reached the customer; the last (${body(last.body)}) is ${isNotNone(read) ? "read" : "delivered"}.`,
        { at, sids },
      )
    : waiting(`${count} went out; the last (${body(last.body)}) is sent.`, { at, sids });
}

function deliveryOf({ delivery }: MessageInstance): Delivery {
  return (delivery ?? {}) as Delivery;
}

function isNotNone(share: Share | undefined): boolean {
  return share !== undefined && share !== "none";
}

/** The customer was taken out: nothing goes to their phone, and what they write is not said here. */
async function nobodyThere(given: TalkCase, last: MessageInstance | undefined): Promise<Problem> {
  const { conversation, customer } = given.journey;
  const sid = conversation?.sid ?? "";
  return {
    cause: "reply-nobody-there",
    sentence: `${last === undefined ? "What agents write" : `Message ${last.sid} of ${last.author}`} is not sent to ${customer ?? "the customer"}: nobody texts in conversation ${sid} any more.`,
    fix: `Find out who removes participants. Close the conversation: ${freesPair}.`,
    page: consolePage.conversation(conversation?.chatServiceSid ?? "", sid),
    command: await closing(given),
  };
}

/** Nobody was there who gets texts when it was said. */
function notSent({ sid, author, conversationSid, chatServiceSid }: MessageInstance): Problem {
  return {
    cause: "reply-unsent",
    sentence: `Message ${sid} of ${author} was sent to nobody: it has no receipt.`,
    fix: "The customer joined after it, or texts by an address of which Twilio sends nothing out. Write it again.",
    page: consolePage.conversation(chatServiceSid, conversationSid),
  };
}

async function reasonForFailure(given: TalkCase, said: MessageInstance): Promise<Problem> {
  const number = await numberLost(given);
  if (number !== undefined) return number;
  const receipts = await given.reads.conversations.receipts(said);
  const bad = receipts.find(({ status }) => lost.includes(status));
  const text = bad && (await given.reads.messaging.message(bad.channelMessageSid));
  return undelivered(given, {
    sid: bad?.channelMessageSid ?? said.sid,
    status: bad?.status ?? "undelivered",
    errorCode: bad?.errorCode ?? 0,
    errorMessage: text?.errorMessage ?? "",
  });
}

/** The number that texts come from is no longer the account's. */
async function numberLost({ journey, reads }: TalkCase): Promise<Problem | undefined> {
  const { number } = journey;
  if (number === undefined || channelTypeOf(number) !== "sms") return undefined;
  if ((await reads.messaging.number(number)) !== undefined) return undefined;
  return {
    cause: "reply-number-missing",
    sentence: `What agents write is not sent to the customer: ${number}, which it would come from, is no longer a number of account ${reads.account.accountSid}.`,
    fix: "Buy or port the number again, or tell customers another one.",
    page: consolePage.numbers(),
  };
}
