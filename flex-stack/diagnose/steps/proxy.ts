import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import type { Case } from "../case.ts";
import { isOpen } from "../collect.ts";
import { reopening } from "../reopening.ts";
import { flexFlowOf, pooled } from "../repair.ts";
import { permitted } from "../permitted.ts";
import { maxInteractions } from "../reads/proxy.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, type Observation, type Problem } from "../finding.ts";
import { parseAttributes } from "../../account/attributes.ts";
import { channelTypeOf, isTaskOver, timeOf } from "../journey.ts";
import { endOfTask, isLater } from "../task-end.ts";

/** Is there a session for the pair of numbers, with both sides in it, that took the message? */
export async function proxy(given: Case): Promise<Observation> {
  const { journey, reads, repair } = given;
  const { proxyServiceSid } = reads.place;
  if (journey.number === undefined && journey.channelSid === undefined)
    return skipped("No message is known to look for.");
  if (proxyServiceSid !== undefined && (await reads.proxy.service()) === undefined)
    return broken({
      cause: "proxy-service-missing",
      sentence: `The Proxy service ${proxyServiceSid} of the stack does not exist.`,
      fix: repair.or("It was deleted: set messaging up anew in the Flex console", proxyServiceSid),
    });
  if (isWebChat(given)) return skipped("A web chat has no Proxy session.");
  if (journey.isOwn) return skipped("A handler of the account's own opened the conversation, without Proxy.");
  const session =
    journey.sessionSid === undefined ? undefined : await reads.proxy.session(journey.sessionSid);
  if (session !== undefined && journey.sessionSid !== undefined) return inSession(given);
  if (journey.channelSid === undefined && journey.outbound !== undefined)
    return skipped("The text to the customer is of no conversation that is still there.");
  if (journey.channelSid === undefined) {
    if (given.brokenBefore) return skipped("The message was not handed to Flex.");
    return broken(await reasonForNone(given));
  }
  return withoutSession(given);
}

function isWebChat({ journey: { channel } }: Case): boolean {
  return parseAttributes(channel?.attributes)["channel_type"] === "web";
}

async function inSession(given: Case): Promise<Observation> {
  const { journey, reads, cleanUp } = given;
  const { session, message, channelSid } = journey;
  if (session === undefined) return skipped("The session could not be read.");
  const serviceSid = session.serviceSid;
  const page = consolePage.session(serviceSid, session.sid);
  const more = { at: session.dateCreated, sids: [session.sid] };
  const url = `https://proxy.twilio.com/v1/Services/${serviceSid}/Sessions/${session.sid}`;
  const stale = await staleProblem(given, cleanUp.remove(url), page);
  if (stale !== undefined) return broken(stale, more);
  const withoutChannel = (): Observation =>
    ok(`Proxy session is ${session.status}, and the chat channel at its other end is gone.`, more);
  if (!isOpen(session) && !(await isOverToo(given))) {
    if (await hasLostChannel(given)) return withoutChannel();
    const reason = session.closedReason ? ` (${session.closedReason})` : "";
    return broken(
      {
        cause: "session-closed",
        sentence: `Proxy session ${session.sid} is ${session.status}${reason} while the conversation goes on: nothing gets through it in either direction.`,
        fix: "Find out who closed it, or which time to live ran out. Opened again it goes on:",
        page,
        command: cleanUp.change(url, reopening(session, reads.account.now())),
      },
      more,
    );
  }
  const participants = (await reads.proxy.participants(session.sid)).filter(
    ({ dateDeleted }) => !dateDeleted,
  );
  const wanted = [journey.customer, channelSid].filter((one) => one !== undefined);
  const lacking = wanted.filter((one) => !participants.some(({ identifier }) => identifier === one));
  if (lacking.length > 0)
    return broken(
      {
        cause: "participant-missing",
        sentence: `Proxy session ${session.sid} lacks a participant: ${lacking.join(" and ")} ${lacking.length > 1 ? "are" : "is"} not in it.`,
        fix: "Delete the session: the customer's next message opens a complete one.",
        page,
        command: cleanUp.remove(url),
      },
      more,
    );
  const interactions = await reads.proxy.interactions(session.sid);
  const interaction = interactions.find(({ inboundResourceSid }) => inboundResourceSid === message?.sid);
  if (message !== undefined && interaction === undefined && interactions.length < maxInteractions) {
    if (await hasLostChannel(given)) return withoutChannel();
    return broken({ ...(await reasonForNoInteraction(given, session, message.sid)), page }, more);
  }
  return ok(`Proxy session is ${session.status}, with the customer and the chat channel in it.`, {
    at: interaction?.dateCreated ?? session.dateCreated,
    sids: [session.sid, ...(interaction === undefined ? [] : [interaction.sid])],
  });
}

/** Whether the chat channel of a session is gone, which the next step tells of; no where that can't be asked. */
async function hasLostChannel({ journey: { channelSid }, reads }: Case): Promise<boolean> {
  if (channelSid === undefined) return false;
  const isThere = await permitted(async () => (await reads.chat.channel(channelSid)) !== undefined);
  return isThere === false;
}

/** Why a session that was there did not take a message. */
async function reasonForNoInteraction(
  { reads }: Case,
  { sid, serviceSid }: SessionInstance,
  messageSid: string,
): Promise<Problem> {
  const url = (await reads.proxy.service())?.interceptCallbackUrl;
  const begin = `Proxy session ${sid} has no interaction for message ${messageSid}:`;
  return {
    cause: "interaction-missing",
    sentence: url
      ? `${begin} it was stopped on its way in, as the InterceptCallbackUrl ${url} can do.`
      : `${begin} it was stopped on its way in, though Proxy service ${serviceSid} has no InterceptCallbackUrl today.`,
    fix: url
      ? "Look at what that URL answered: 403 stops a message."
      : "The set-up may have been different when the message came. Let the customer write again, and diagnose that message.",
  };
}

/** A session that outlived its task takes messages that nobody sees. */
async function staleProblem(
  { journey, reads, repair }: Case,
  command: string,
  page: string,
): Promise<Problem | undefined> {
  const { session, channel, taskSid, message, execution, flexFlows } = journey;
  if (session === undefined || !isOpen(session) || message === undefined || taskSid === undefined)
    return undefined;
  // The flow has begun anew for it.
  if (execution?.status === "active") return undefined;
  const ended = await permitted(() => endOfTask(taskSid, reads));
  if (ended === undefined || !isLater(timeOf(message), ended)) return undefined;
  const flow =
    parseAttributes(channel?.attributes)["long_lived"] === true ? disabledFlow(flexFlows) : undefined;
  if (flow !== undefined)
    return {
      cause: "flex-flow-disabled",
      sentence: `The message went into a conversation that lives longer than its task ${taskSid}, and makes no new task while the Flex Flow ${flow.sid} is disabled.`,
      fix: repair.or("Enable it", flow.sid),
      page: consolePage.flexMessaging(),
    };
  return {
    cause: "session-stale",
    sentence: `The message went into Proxy session ${session.sid}, left over from a conversation whose task ${taskSid} is over: nobody sees it, and no new task is made.`,
    fix: "Delete the stale session: the customer's next message begins a new conversation. Let Flex UI complete tasks, or enable the janitor of the Flex Flow.",
    page,
    command,
  };
}

/** One of the Flex Flows, when all of them are disabled. */
function disabledFlow(flexFlows: readonly FlexFlowInstance[]): FlexFlowInstance | undefined {
  return flexFlows.some(({ enabled }) => enabled) ? undefined : flexFlows[0];
}

/** Whether the conversation is over, so that its session may be closed. */
async function isOverToo({ journey, reads }: Case): Promise<boolean> {
  const { channel, taskSid } = journey;
  if (parseAttributes(channel?.attributes)["status"] === "INACTIVE") return true;
  if (taskSid === undefined) return false;
  const task = await reads.taskrouter.task(taskSid);
  return task === undefined || isTaskOver(task) || task.assignmentStatus === "wrapping";
}

/** The conversation is there and its session is not. */
async function withoutSession(given: Case): Promise<Observation> {
  const { journey, reads } = given;
  const { channel, channelSid = "", sessionSid } = journey;
  if (sessionSid === undefined && (await reads.chat.channel(channelSid)) === undefined)
    return skipped("The chat channel that would name its session is not there.");
  if (channel !== undefined && (await isOverToo(given)))
    return ok("The conversation is over, and its Proxy session was deleted with it.", {
      sids: sessionSid === undefined ? [] : [sessionSid],
    });
  const serviceSid = reads.place.chatServiceSid ?? "";
  const unlinked = sessionSid === undefined;
  return broken(
    {
      cause: unlinked ? "session-unlinked" : "session-missing",
      sentence: unlinked
        ? `No Proxy session belongs to chat channel ${channelSid}: its attributes name none.`
        : `Proxy session ${sessionSid} is gone (deleted or expired) while the conversation goes on: the agent's messages reach nobody, and the customer's next one begins anew.`,
      ...(await ending(given)),
      page: consolePage.channel(serviceSid, channelSid),
    },
    { sids: sessionSid === undefined ? [channelSid] : [sessionSid, channelSid] },
  );
}

/** How to end a conversation: with its task, and where there is none by its channel. */
async function ending({ journey, reads, cleanUp }: Case): Promise<Pick<Problem, "fix" | "command">> {
  const { channel, channelSid = "", taskSid } = journey;
  const task = taskSid === undefined ? undefined : await reads.taskrouter.task(taskSid);
  if (task !== undefined) {
    // Nobody can have completed what nobody has accepted.
    const status = task.assignmentStatus === "assigned" ? "completed" : "canceled";
    return {
      fix: "End the conversation: complete its task in Flex.",
      command: cleanUp.change(
        `https://taskrouter.twilio.com/v1/Workspaces/${task.workspaceSid}/Tasks/${task.sid}`,
        [
          ["AssignmentStatus", status],
          ["Reason", "its Proxy session is gone"],
        ],
      ),
    };
  }
  const serviceSid = reads.place.chatServiceSid ?? "";
  return {
    fix: "End the conversation: set its channel to INACTIVE.",
    command: cleanUp.change(`https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}`, [
      ["Attributes", JSON.stringify({ ...parseAttributes(channel?.attributes), status: "INACTIVE" })],
    ]),
  };
}

/** Why a message that came in led to no session. */
async function reasonForNone({ journey, reads, repair }: Case): Promise<Problem> {
  const number = journey.number ?? "";
  const toFlex = "Add the number in the Flex messaging manager";
  const owned = await reads.messaging.number(number);
  const { proxyServiceSid } = reads.place;
  const page = proxyServiceSid === undefined ? undefined : consolePage.proxyService(proxyServiceSid);
  if (proxyServiceSid === undefined)
    return {
      cause: "proxy-service-missing",
      sentence: "No Proxy service belongs to Flex's chat service.",
      fix: "Choose the stack that provisions one, or set up messaging in the Flex console.",
      page: consolePage.flexMessaging(),
    };
  if (owned !== undefined && (await reads.proxy.number(owned.sid)) === undefined)
    return {
      cause: "number-not-in-pool",
      sentence: `${number} is not in the number pool of Proxy service ${proxyServiceSid} (Twilio error 80620).`,
      fix: repair.or(toFlex, ...pooled(number, owned.sid)),
      page,
    };
  const flows = (await reads.flex.flows()).filter(({ contactIdentity }) => contactIdentity === number);
  const [flow] = flows;
  const messaging = consolePage.flexMessaging();
  if (flow === undefined)
    return {
      cause: "flex-flow-missing",
      sentence: `There is no Flex Flow for ${number} (Twilio error 45205).`,
      fix: repair.or(toFlex, flexFlowOf(number)),
      page: messaging,
    };
  const kind = channelTypeOf(number);
  const texting = flows.filter(({ channelType }) => channelType === kind);
  if (texting.length === 0)
    return {
      cause: "flex-flow-other-channel",
      sentence: `The Flex Flow ${flow.sid} of ${number} is for ${flow.channelType}, not for ${kind} (Twilio error 45205).`,
      fix: repair.or(`Give the number a Flex Flow of channel type ${kind}`, flow.sid),
      page: messaging,
    };
  if (!texting.some(({ enabled }) => enabled))
    return {
      cause: "flex-flow-disabled",
      sentence: `The Flex Flow ${texting[0]?.sid} of ${number} is disabled (Twilio error 45205).`,
      fix: repair.or("Enable it", texting[0]?.sid),
      page: messaging,
    };
  return {
    cause: "session-missing",
    sentence: `No Proxy session exists for ${journey.customer} and ${number}, though the number, its pool and its Flex Flow are in order today.`,
    fix: "The set-up may have been different when the message came, or the conversation was deleted. Let the customer write again, and diagnose that message.",
    page,
  };
}
