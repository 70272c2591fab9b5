import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import type { Case } from "../case.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, type Observation, type Problem } from "../finding.ts";
import { interactionsOf } from "../interactions.ts";
import { isTaskOver, timeOf, tolerance } from "../journey.ts";

/** Is there a chat channel at the other end of the session, linked to it, active, with the message in it? */
export async function channel(given: Case): Promise<Observation> {
  const { journey, reads, cleanUp, repair, body } = given;
  const { channelSid, session } = journey;
  const serviceSid = reads.place.chatServiceSid;
  if (serviceSid !== undefined && (await reads.chat.service()) === undefined)
    return broken({
      cause: "chat-service-missing",
      sentence: `The Chat service ${serviceSid} of the stack does not exist.`,
      fix: repair.or("It was deleted: set messaging up anew in the Flex console", serviceSid),
    });
  if (channelSid === undefined) return skipped("No conversation is known to look at.");
  const found = await reads.chat.channel(channelSid);
  const elsewhere = found === undefined ? otherService(given, serviceSid) : undefined;
  if (elsewhere !== undefined) return broken(elsewhere, { sids: [channelSid] });
  if (found === undefined)
    return broken(
      {
        cause: "channel-missing",
        sentence: `Chat channel ${channelSid} is gone${session === undefined ? "" : `, and Proxy session ${session.sid} still leads to it (Twilio error 80619)`}.`,
        fix:
          session === undefined
            ? "Check its SID. Where it was deleted, the customer's next message begins a new conversation."
            : "Delete the session, so that the customer's next message begins a new conversation.",
        page: consolePage.chatService(serviceSid ?? ""),
        ...(session !== undefined && {
          command: cleanUp.remove(
            `https://proxy.twilio.com/v1/Services/${session.serviceSid}/Sessions/${session.sid}`,
          ),
        }),
      },
      { sids: [channelSid] },
    );
  const attributes = parseAttributes(found.attributes);
  const page = consolePage.channel(found.serviceSid, found.sid);
  const more = { at: found.dateCreated, sids: [found.sid] };
  const linked = textOf(attributes, "proxySession");
  if (session !== undefined && linked !== session.sid)
    return broken(
      {
        cause: "channel-unlinked",
        sentence: `The attributes of chat channel ${found.sid} name ${linked ?? "no Proxy session"} instead of ${session.sid}: what agents write does not get to the customer.`,
        fix: "Whatever sets the channel's attributes must keep proxySession; set it again:",
        page,
        command: changeAttributes(given, found, { ...attributes, proxySession: session.sid }),
      },
      more,
    );
  const inactive = attributes["status"] === "INACTIVE";
  const { task } = journey;
  if (inactive && task !== undefined && !isTaskOver(task) && task.assignmentStatus !== "wrapping")
    return broken(
      {
        cause: "channel-inactive",
        sentence: `Chat channel ${found.sid} is INACTIVE while its task ${task.sid} is ${task.assignmentStatus}: Flex shows the agent no chat.`,
        fix: "Find out what set it; the agent's Flex UI does so only when the task is wrapped up. Set it back:",
        page,
        command: changeAttributes(given, found, { ...attributes, status: "ACTIVE" }),
      },
      more,
    );
  const missing = await missingMessage(given);
  if (missing) return broken({ ...missing, page }, more);
  const { message } = journey;
  const status = inactive ? "INACTIVE" : "active";
  const held =
    message === undefined ? `${found.messagesCount} messages` : `the message (${body(message.body)})`;
  const open = session !== undefined && isOpen(session) ? ", linked to the session" : "";
  return ok(`Chat channel is ${status}${open}, and holds ${held}.`, more);
}

/** A Flex Flow opens its chats where Flex does not look. */
function otherService(
  { journey: { flexFlows }, repair }: Case,
  own: string | undefined,
): Problem | undefined {
  const flow = flexFlows.find(({ enabled, chatServiceSid }) => enabled && chatServiceSid !== own);
  if (flow === undefined || own === undefined) return undefined;
  return {
    cause: "flex-flow-other-chat",
    sentence: `The Flex Flow ${flow.sid} opens chats in service ${flow.chatServiceSid}, and Flex works with ${own}: no agent sees them.`,
    fix: repair.or("Correct it in the Flex messaging manager", flow.sid),
    page: consolePage.flexMessaging(),
  };
}

async function missingMessage(given: Case): Promise<Pick<Problem, "cause" | "sentence" | "fix"> | undefined> {
  const { journey, reads } = given;
  const { message, channelSid = "", customer } = journey;
  if (message === undefined) return undefined;
  const said = await reads.chat.messages(channelSid);
  const at = timeOf(message).getTime();
  // Chat answers the newest 200; older ones are not missing for that.
  const oldest = said.at(-1)?.dateCreated.getTime() ?? 0;
  if (said.length > 0 && at < oldest - tolerance) return undefined;
  const passed = (await interactionsOf(given)).find((one) => one.inboundResourceSid === message.sid);
  const held = said.some(({ sid, from, body, dateCreated }) =>
    passed?.outboundResourceSid
      ? sid === passed.outboundResourceSid
      : // Where Proxy can't be asked, or has deleted the session.
        from === customer &&
        (body ?? "") === message.body &&
        Math.abs(dateCreated.getTime() - at) <= tolerance,
  );
  if (held) return undefined;
  return {
    cause: "chat-message-missing",
    sentence: `Message ${message.sid} is not in chat channel ${channelSid}: it was removed, or refused on its way in.`,
    fix: "Look at who deletes messages in chat, and at what the service's PreWebhookUrl answers.",
  };
}

function changeAttributes(
  { cleanUp }: Case,
  { serviceSid, sid }: ChannelInstance,
  attributes: object,
): string {
  return cleanUp.change(`https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${sid}`, [
    ["Attributes", JSON.stringify(attributes)],
  ]);
}
