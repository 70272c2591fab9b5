import type { TwilioAccount } from "../../account/account.ts";
import { answerOf } from "../../account/answer.ts";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { CleanUp, closingAlone, endingInteraction } from "../../diagnose/index.ts";
import type { Reading, Room } from "./reading.ts";
import type { Doubled } from "./reconciliation.ts";
import type { Text } from "./text.ts";

/** Says of texts that are in both worlds which of the two is to be closed: what nobody attends to, else the newer one. */
export async function findDoubled(
  both: readonly { readonly text: Text; readonly channel: Room; readonly conversation: Room }[],
  reading: Reading,
): Promise<readonly Doubled[]> {
  const pairs = new Map<string, { channel: Room; conversation: Room; texts: Text[] }>();
  for (const { text, channel, conversation } of both) {
    const name = `${channel.sid} ${conversation.sid}`;
    const pair = pairs.get(name);
    if (pair === undefined) pairs.set(name, { channel, conversation, texts: [text] });
    else pair.texts.push(text);
  }
  return Promise.all(
    [...pairs.values()].map(async ({ channel, conversation, texts }) => ({
      customer: channel.customer,
      texts,
      channelSid: channel.sid,
      conversationSid: conversation.sid,
      ...(await choice(channel, conversation, reading)),
    })),
  );
}

async function choice(
  channel: Room,
  conversation: Room,
  reading: Reading,
): Promise<Pick<Doubled, "close" | "why" | "command">> {
  for (const room of [channel, conversation])
    if (!room.isOpen) return { close: undefined, why: `${room.sid} is closed already.` };
  const [inChat, inConversation] = await Promise.all([
    isChatAttended(channel, reading.account),
    isConversationAttended(conversation, reading.account),
  ]);
  const isChatNewer = channel.created > conversation.created;
  const closesChat = inChat === inConversation ? isChatNewer : inConversation;
  const why =
    inChat !== inConversation
      ? "An agent is in the other one, and none in this."
      : `It is the newer one; ${inChat ? "agents are in both" : "no agent is in either"}.`;
  return closesChat
    ? { close: channel.sid, why, ...(await closingChannel(channel, reading)) }
    : { close: conversation.sid, why, command: await closingConversation(conversation, reading) };
}

async function isChatAttended(
  { sid, serviceSid, customer }: Room,
  { client }: TwilioAccount,
): Promise<boolean> {
  const { members } = client.chat.v2.services(serviceSid).channels(sid);
  const answer = await answerOf(() => members.list({ limit: 100, pageSize: 100 }));
  return (
    answer.kind === "found" && answer.value.some(({ identity }) => identity !== customer && identity !== "")
  );
}

async function isConversationAttended(
  { sid, serviceSid }: Room,
  { client }: TwilioAccount,
): Promise<boolean> {
  const { participants } = client.conversations.v1.services(serviceSid).conversations(sid);
  const answer = await answerOf(() => participants.list({ limit: 100, pageSize: 100 }));
  return answer.kind === "found" && answer.value.some(({ identity }) => Boolean(identity));
}

/** The session is what brings the customer's texts into a channel. */
async function closingChannel(
  { sessionSid }: Room,
  { account, place: { proxyServiceSid } }: Reading,
): Promise<Pick<Doubled, "command">> {
  if (sessionSid === undefined || proxyServiceSid === undefined) return {};
  const url = `https://proxy.twilio.com/v1/Services/${proxyServiceSid}/Sessions/${sessionSid}`;
  return { command: new CleanUp(account).change(url, [["Status", "closed"]]) };
}

/** Through its Interaction, where it has one: its task goes with it. */
async function closingConversation(
  { sid, serviceSid }: Room,
  { account, place: { workspaceSid } }: Reading,
): Promise<string> {
  const cleanUp = new CleanUp(account);
  const { client } = account;
  const tasks =
    workspaceSid === undefined
      ? undefined
      : await answerOf(() =>
          client.taskrouter.v1
            .workspaces(workspaceSid)
            .tasks.list({ evaluateTaskAttributes: `conversationSid == "${sid}"`, limit: 1, pageSize: 1 }),
        );
  const task = tasks?.kind === "found" ? tasks.value[0] : undefined;
  const attributes = parseAttributes(task?.attributes);
  const interactionSid = textOf(attributes, "flexInteractionSid");
  const channelSid = textOf(attributes, "flexInteractionChannelSid");
  const names = interactionSid && channelSid ? { interactionSid, channelSid } : undefined;
  // A channel that has failed, or is closed or gone, changes no more.
  const channel =
    names &&
    (await answerOf(() =>
      client.flexApi.v1.interaction(names.interactionSid).channels(names.channelSid).fetch(),
    ));
  const isUsable = channel?.kind === "found" && !/^(failed|closed)$/.test(channel.value.status);
  return names !== undefined && isUsable
    ? endingInteraction(cleanUp, names)
    : closingAlone(cleanUp, { chatServiceSid: serviceSid, sid });
}
