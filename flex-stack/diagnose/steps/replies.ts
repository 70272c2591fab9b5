import type { MessageInstance as TextInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { InteractionInstance } from "twilio/lib/rest/proxy/v1/service/session/interaction.js";
import type { MessageInstance } from "twilio/lib/rest/chat/v2/service/channel/message.js";
import { parseAttributes } from "../../account/attributes.ts";
import { isAgent } from "../agent.ts";
import type { Case, Circumstances } from "../case.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { reopening } from "../reopening.ts";
import { pooled } from "../repair.ts";
import { interactionsOf } from "../interactions.ts";
import { channelTypeOf, isTaskOver, tolerance, type Journey } from "../journey.ts";
import { maxTexts } from "../reads/messaging.ts";
import { workersOf } from "./agents.ts";

const underWay = ["accepted", "queued", "sending", "scheduled"];
/** Most texts that are asked for one by one. */
const maxUnlisted = 5;
export const lost = ["failed", "undelivered", "canceled"];

/** Does what the agent writes leave as a text to the customer, and arrive? */
export async function replies(given: Case): Promise<Observation> {
  const { journey, reads, body } = given;
  const { channelSid, channel, customer, number, outbound } = journey;
  if (outbound !== undefined && lost.includes(outbound.status))
    return broken(undelivered(given, outbound), { at: outbound.dateCreated, sids: [outbound.sid] });
  if (channelSid === undefined)
    return skipped("No conversation is known in which an agent could have written.");
  if (parseAttributes(channel?.attributes)["channel_type"] === "web")
    return skipped("In a web chat nothing has to be sent on.");
  if (journey.isOwn) return skipped("A handler of the account's own sends on what agents write.");
  const agents = await agentsOf(given);
  const written = (await reads.chat.messages(channelSid)).filter(({ from }) => agents.has(from)).reverse();
  const last = written.at(-1);
  if (last === undefined) return skipped("No agent has written yet.");
  const since = new Date((written[0] ?? last).dateCreated.getTime() - tolerance);
  const texts =
    customer === undefined || number === undefined
      ? []
      : await reads.messaging.messages({ from: number, to: customer, since });
  const interactions = await interactionsOf(given);
  // Of a long conversation only the newest texts are read.
  const earliest = texts.length < maxTexts ? 0 : (texts.at(-1)?.dateCreated.getTime() ?? 0) + tolerance;
  const recent = written.filter(({ dateCreated }) => dateCreated.getTime() >= earliest);
  const others = await unlisted(given, recent, interactions, texts);
  const sent = textsOf(recent, interactions, [...texts, ...others]);
  const unsent = sent.find(({ text }) => text === undefined);
  if (unsent !== undefined)
    return broken(await reasonForUnsent(given, unsent.said), {
      at: unsent.said.dateCreated,
      sids: [unsent.said.sid],
    });
  const failed = sent.find(({ text }) => text !== undefined && lost.includes(text.status));
  if (failed?.text !== undefined)
    return broken(undelivered(given, failed.text), {
      at: failed.text.dateCreated,
      sids: [failed.said.sid, failed.text.sid],
    });
  const text = sent.find(({ said }) => said === last)?.text;
  const count = `${written.length} message${written.length === 1 ? "" : "s"} of ${[...new Set(written.map(({ from }) => from))].join(", ")}`;
  const more = { at: last.dateCreated, sids: [last.sid, ...(text === undefined ? [] : [text.sid])] };
  if (text === undefined)
    return ok(`${count} went out; the last (${body(last.body)}) is no longer among the texts.`, more);
  return underWay.includes(text.status)
    ? waiting(`${count} went out; the last (${body(last.body)}) is ${text.status}.`, more)
    : ok(`${count} reached the customer; the last (${body(last.body)}) is ${text.status}.`, more);
}

/** Chat identities of those who accepted, or are in the channel as agents. */
async function agentsOf({ journey, reads }: Case): Promise<ReadonlySet<string>> {
  const { channelSid = "", taskSid } = journey;
  const members = (await reads.chat.members(channelSid)).filter(isAgent).map(({ identity }) => identity);
  return new Set([...members, ...(taskSid === undefined ? [] : await workersOf(taskSid, reads))]);
}

interface Sent {
  readonly said: MessageInstance;
  readonly text: TextInstance | undefined;
}

/** The text that each message in chat became: one of its own, whatever others say the same. */
function textsOf(
  written: readonly MessageInstance[],
  interactions: readonly InteractionInstance[],
  texts: readonly TextInstance[],
): readonly Sent[] {
  const passed = new Map(
    interactions.map(({ inboundResourceSid, outboundResourceSid }) => [
      inboundResourceSid,
      outboundResourceSid,
    ]),
  );
  const left = new Set(texts);
  const take = (text: TextInstance | undefined): TextInstance | undefined => {
    if (text !== undefined) left.delete(text);
    return text;
  };
  const byProxy = written.map((said) => {
    const textSid = passed.get(said.sid);
    return take(texts.find(({ sid }) => sid === textSid));
  });
  return (
    written
      .map((said, index) => ({
        said,
        // The second way is for where Proxy can't be asked, or has deleted the session. The oldest stand last.
        text: byProxy[index] ?? take([...left].findLast((text) => isLike(said, text))),
      }))
      // Proxy sent it on, and the text could not be read or is past its retention.
      .filter(({ said, text }) => text !== undefined || !passed.get(said.sid))
  );
}

/** Texts that Proxy made and the list has not: it is by when they were sent, which some never were. */
async function unlisted(
  { reads }: Case,
  written: readonly MessageInstance[],
  interactions: readonly InteractionInstance[],
  texts: readonly TextInstance[],
): Promise<readonly TextInstance[]> {
  const own = new Set(written.map(({ sid }) => sid));
  const listed = new Set(texts.map(({ sid }) => sid));
  const sids = interactions
    .filter(({ inboundResourceSid }) => own.has(inboundResourceSid))
    .map(({ outboundResourceSid }) => outboundResourceSid)
    .filter((sid) => sid && !listed.has(sid));
  const found = await Promise.all(sids.slice(0, maxUnlisted).map((sid) => reads.messaging.message(sid)));
  return found.filter((text) => text !== undefined);
}

function isLike(said: MessageInstance, { body, dateCreated, direction }: TextInstance): boolean {
  return (
    direction !== "inbound" &&
    body === (said.body ?? "") &&
    Math.abs(dateCreated.getTime() - said.dateCreated.getTime()) <= tolerance
  );
}

async function reasonForUnsent(given: Case, said: MessageInstance): Promise<Problem> {
  const { journey, reads, cleanUp } = given;
  const { session, sessionSid, customer, channelSid = "" } = journey;
  const begin = `Message ${said.sid} of ${said.from} was not sent to the customer:`;
  const page = consolePage.channel(said.serviceSid, channelSid);
  if (sessionSid === undefined)
    return {
      cause: "reply-unlinked",
      sentence: `${begin} chat channel ${channelSid} is linked to no Proxy session.`,
      fix: "Whatever sets the channel's attributes must keep proxySession.",
      page,
    };
  if (session === undefined && wasOver(journey, said))
    return {
      cause: "reply-not-forwarded",
      sentence: `${begin} nothing went out of it while the conversation lasted, and its Proxy session went with the end.`,
      fix: "A program that writes in chat has to send X-Twilio-Webhook-Enabled: true; an InterceptCallbackUrl of the Proxy service may have stopped it.",
      page,
    };
  if (session === undefined || !isOpen(session))
    return {
      cause: "reply-session-closed",
      sentence: `${begin} Proxy session ${sessionSid} is ${session === undefined ? "gone" : session.status}.`,
      fix: "Complete the task; the customer's next message begins a new conversation. Then see what ends sessions early.",
      page,
      ...(session !== undefined && {
        command: cleanUp.change(
          `https://proxy.twilio.com/v1/Services/${session.serviceSid}/Sessions/${session.sid}`,
          reopening(session, reads.account.now()),
        ),
      }),
    };
  const participants = await reads.proxy.participants(session.sid);
  const present = participants.some(({ identifier, dateDeleted }) => identifier === customer && !dateDeleted);
  if (!present)
    return {
      cause: "reply-nobody-there",
      sentence: `${begin} the customer is no participant of Proxy session ${session.sid} any more.`,
      fix: "Delete the session: the customer's next message begins a new conversation.",
      page: consolePage.session(session.serviceSid, session.sid),
      command: cleanUp.remove(
        `https://proxy.twilio.com/v1/Services/${session.serviceSid}/Sessions/${session.sid}`,
      ),
    };
  const lost = await lostNumber(given, begin);
  if (lost !== undefined) return lost;
  return {
    cause: "reply-not-forwarded",
    sentence: `${begin} Proxy session ${session.sid} has nothing of it.`,
    fix: "A program that writes in chat has to send X-Twilio-Webhook-Enabled: true; an InterceptCallbackUrl of the Proxy service may have stopped it.",
    page,
  };
}

/** Whether the conversation is over, and was not when somebody wrote in it. */
function wasOver({ channel, task }: Journey, { dateCreated }: MessageInstance): boolean {
  const isInactive = parseAttributes(channel?.attributes)["status"] === "INACTIVE";
  const end = isInactive ? channel?.dateUpdated : task && isTaskOver(task) ? task.dateUpdated : undefined;
  return end !== undefined && dateCreated.getTime() <= end.getTime();
}

/** The number that texts come from is no longer where it must be; nothing when it is, or is no phone's. */
async function lostNumber({ journey, reads, repair }: Case, begin: string): Promise<Problem | undefined> {
  const { number } = journey;
  if (number === undefined || channelTypeOf(number) !== "sms") return undefined;
  const owned = await reads.messaging.number(number);
  if (owned !== undefined && (await reads.proxy.number(owned.sid)) !== undefined) return undefined;
  const where =
    owned === undefined
      ? `a number of account ${reads.account.accountSid}`
      : "in the pool of Flex's Proxy service";
  return {
    cause: "reply-number-missing",
    sentence: `${begin} ${number}, which it would come from, is no longer ${where}.`,
    fix:
      owned === undefined
        ? "Buy or port the number again, or tell customers another one."
        : repair.or("Add the number again in the Flex messaging manager", ...pooled(number, owned.sid)),
    page: consolePage.numbers(),
  };
}

/** A text that did not arrive. */
export function undelivered(
  { reads }: Circumstances,
  {
    sid,
    status,
    errorCode,
    errorMessage,
  }: Pick<TextInstance, "sid" | "errorCode" | "errorMessage"> & { readonly status: string },
): Problem {
  const code = errorCode
    ? ` with Twilio error ${errorCode}${errorMessage ? `: ${errorMessage.replace(/\.$/, "")}` : ""}`
    : "";
  return {
    cause: "reply-undelivered",
    sentence: `Message ${sid} to the customer is ${status}${code}.`,
    fix: `Do what https://www.twilio.com/docs/errors/${errorCode || "30008"} says; the customer may have to be called instead.`,
    page: consolePage.message(reads.account.accountSid, sid),
  };
}
