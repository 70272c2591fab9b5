import type { MessageInstance as TextInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { InteractionInstance } from "twilio/lib/rest/proxy/v1/service/session/interaction.js";
import type { MessageInstance } from "twilio/lib/rest/chat/v2/service/channel/message.js";
import { parseAttributes } from "../../twilio/attributes.ts";
import { identityOf, isAgent } from "../agent.ts";
import type { Case } from "../case.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { interactionsOf } from "../interactions.ts";
import { channelTypeOf, tolerance } from "../journey.ts";
import { maxTexts } from "../reads/messaging.ts";
import { pastReservations } from "../past-reservations.ts";

const underWay = ["accepted", "queued", "sending", "scheduled"];
const lost = ["failed", "undelivered", "canceled"];

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
  const sent = written
    .filter(({ dateCreated }) => dateCreated.getTime() >= earliest)
    .map((said) => ({ said, text: textOf(said, interactions, texts) }));
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
  const text = sent.at(-1)?.text;
  const count = `${written.length} message${written.length === 1 ? "" : "s"} of ${[...new Set(written.map(({ from }) => from))].join(", ")}`;
  const more = { at: last.dateCreated, sids: [last.sid, ...(text === undefined ? [] : [text.sid])] };
  return text !== undefined && underWay.includes(text.status)
    ? waiting(`${count} went out; the last (${body(last.body)}) is ${text.status}.`, more)
    : ok(`${count} reached the customer; the last (${body(last.body)}) is ${text?.status}.`, more);
}

/** Chat identities of those who accepted, or are in the channel as agents. */
async function agentsOf({ journey, reads }: Case): Promise<ReadonlySet<string>> {
  const { channelSid = "", taskSid } = journey;
  const members = (await reads.chat.members(channelSid)).filter(isAgent).map(({ identity }) => identity);
  const offered = taskSid === undefined ? [] : await reads.taskrouter.reservations(taskSid);
  const taken = offered.filter(({ reservationStatus }) =>
    ["accepted", "wrapping", "completed"].includes(reservationStatus),
  );
  const workers = await Promise.all(taken.map(({ workerSid }) => reads.taskrouter.worker(workerSid)));
  const past = taskSid !== undefined && offered.length === 0 ? await pastReservations(taskSid, reads) : [];
  const identities = [
    ...workers.map((worker) => worker && identityOf(worker)),
    ...past.filter(({ status }) => status === "accepted").map(({ identity }) => identity),
  ];
  return new Set([...members, ...identities.filter((identity) => identity !== undefined)]);
}

/** The text that a message in chat became. */
function textOf(
  said: MessageInstance,
  interactions: readonly InteractionInstance[],
  texts: readonly TextInstance[],
): TextInstance | undefined {
  const passed = interactions.find(({ inboundResourceSid }) => inboundResourceSid === said.sid);
  const byProxy = texts.find(({ sid }) => sid === passed?.outboundResourceSid);
  // Where Proxy can't be asked, or has deleted the session.
  return (
    byProxy ??
    texts.find(
      ({ body, dateCreated, direction }) =>
        direction !== "inbound" &&
        body === (said.body ?? "") &&
        Math.abs(dateCreated.getTime() - said.dateCreated.getTime()) <= tolerance,
    )
  );
}

async function reasonForUnsent({ journey, reads, cleanUp }: Case, said: MessageInstance): Promise<Problem> {
  const { session, sessionSid, customer, number, channelSid = "" } = journey;
  const begin = `Message ${said.sid} of ${said.from} was not sent to the customer:`;
  const page = consolePage.channel(said.serviceSid, channelSid);
  if (sessionSid === undefined)
    return {
      cause: "reply-unlinked",
      sentence: `${begin} chat channel ${channelSid} is linked to no Proxy session.`,
      fix: "Whatever sets the channel's attributes must keep proxySession.",
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
          [["Status", "in-progress"]],
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
  const gone = await numberGone(number, reads);
  if (gone)
    return {
      cause: "reply-number-missing",
      sentence: `${begin} ${number}, which it would come from, is no longer ${gone}.`,
      fix: "Add the number again in the Flex messaging manager, or run npx flex-stack up --refresh: the stack declares it.",
      page: consolePage.numbers(),
    };
  return {
    cause: "reply-not-forwarded",
    sentence: `${begin} Proxy session ${session.sid} has nothing of it.`,
    fix: "A program that writes in chat has to send X-Twilio-Webhook-Enabled: true; an InterceptCallbackUrl of the Proxy service may have stopped it.",
    page,
  };
}

/** Where the number that texts come from is no longer; nothing when it is where it must be, or is no phone's. */
async function numberGone(number: string | undefined, reads: Case["reads"]): Promise<string | undefined> {
  if (number === undefined || channelTypeOf(number) !== "sms") return undefined;
  const owned = await reads.messaging.number(number);
  if (owned === undefined) return `a number of account ${reads.account.accountSid}`;
  return (await reads.proxy.number(owned.sid)) === undefined
    ? "in the pool of Flex's Proxy service"
    : undefined;
}

function undelivered({ reads }: Case, { sid, status, errorCode, errorMessage }: TextInstance): Problem {
  const code = errorCode ? ` with Twilio error ${errorCode}${errorMessage ? `: ${errorMessage}` : ""}` : "";
  return {
    cause: "reply-undelivered",
    sentence: `Message ${sid} to the customer is ${status}${code}.`,
    fix: `Do what https://www.twilio.com/docs/errors/${errorCode || "30008"} says; the customer may have to be called instead.`,
    page: consolePage.message(reads.account.accountSid, sid),
  };
}
