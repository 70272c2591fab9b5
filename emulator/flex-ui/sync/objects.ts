import { createHash } from "node:crypto";
import { isoDate } from "../../kernel/date.ts";
import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import {
  type Channel,
  channel,
  member,
  type Message,
  message,
  user,
  userChannel,
} from "../../products/chat/kinds.ts";
import { authorOf } from "../../products/conversations/message.ts";
import { binding } from "../../products/conversations/kinds.ts";
import { deliveryOf } from "../../products/conversations/delivery.ts";
import { conversationOf } from "../../products/conversations/state.ts";
import type { Agent } from "../agents/agent.ts";

/** Something that Sync shows to clients of conversations: what is stored, in the form and under the name that they know. */
export type SyncObject = SyncDocument | SyncItems;

export interface SyncDocument {
  readonly type: "document";
  readonly name: string;
  readonly data: object;
}

export interface SyncItems {
  readonly type: "map" | "list";
  readonly name: string;
  /** By key, or by index. */
  readonly items: ReadonlyMap<string, object>;
}

/** SIDs of Sync objects, which are not stored: the same name has the same one. */
export function syncSid({ type, name }: Pick<SyncObject, "type" | "name">): string {
  const prefix = { document: "ET", map: "MP", list: "ES" }[type];
  return prefix + createHash("md5").update(name).digest("hex");
}

/** Names of the objects of a conversation, and of a user. */
export const names = {
  conversation: (sid: string): string => `${sid}.channel`,
  messages: (sid: string): string => `${sid}.messages`,
  participants: (sid: string): string => `${sid}.roster`,
  user: (sid: string): string => `${sid}.info`,
  myConversations: (sid: string): string => `${sid}.channels`,
};

/** The object of a name, as an agent may see it; undefined where there is none, or it is none of the agent's. */
export function syncObject(context: Context, agent: Agent, name: string): SyncObject | undefined {
  const [, sid = "", part] = /^((?:CH|US)\w{32})\.(\w+)$/.exec(name) ?? [];
  if (sid.startsWith("US")) return ofUser(context, agent, sid, name, part);
  const found = context.of(channel).get(sid);
  if (found === undefined || found.parentSid !== agent.serviceSid) return undefined;
  // Whoever may see the task may see what it is about; what was said is for those who are there.
  if (part === "channel") return { type: "document", name, data: conversationData(context, found) };
  if (context.of(member).find("identity", agent.identity, sid) === undefined) return undefined;
  if (part === "messages") return { type: "list", name, items: messagesOf(context, sid) };
  return part === "roster" ? { type: "map", name, items: participantsOf(context, found) } : undefined;
}

/**
 * The name that a SID stands for, of the objects that an agent may subscribe to: clients come back with SIDs alone, also to a
 * local Twilio that was started anew.
 */
export function nameOf(context: Context, { identity, serviceSid }: Agent, sid: string): string | undefined {
  const me = context.of(user).find("identity", identity, serviceSid);
  if (me === undefined) return undefined;
  const mine: [SyncObject["type"], string][] = [
    ["map", names.user(me.sid)],
    ["map", names.myConversations(me.sid)],
    ...context
      .of(userChannel)
      .all(me.sid)
      .flatMap(({ fields: { channel_sid: joined } }): [SyncObject["type"], string][] => [
        ["document", names.conversation(joined)],
        ["list", names.messages(joined)],
        ["map", names.participants(joined)],
      ]),
  ];
  return mine.find(([type, name]) => syncSid({ type, name }) === sid)?.[1];
}

function ofUser(
  context: Context,
  agent: Agent,
  sid: string,
  name: string,
  part: string | undefined,
): SyncObject | undefined {
  const found = context.of(user).get(sid);
  if (found === undefined || found.parentSid !== agent.serviceSid) return undefined;
  const { friendly_name: friendlyName, attributes, identity } = found.fields;
  if (part === "info") {
    const items = new Map<string, object>([
      ["friendlyName", { value: friendlyName }],
      ["attributes", { value: attributes }],
      ["identity", { value: identity }],
      ["reachability", { online: null, notifiable: null }],
    ]);
    return { type: "map", name, items };
  }
  if (part !== "channels" || identity !== agent.identity) return undefined;
  const joined = context
    .of(userChannel)
    .all(sid)
    .map(({ fields }) => [fields.channel_sid, membershipData(context, fields)] as const);
  return { type: "map", name, items: new Map(joined) };
}

function membershipData(
  context: Context,
  {
    channel_sid: sid,
    member_sid,
    notification_level,
  }: Readonly<{ channel_sid: string; member_sid: string; notification_level?: string }>,
): object {
  return {
    status: "joined",
    channel: names.conversation(sid),
    messages: names.messages(sid),
    roster: names.participants(sid),
    lastConsumedMessageIndex: context.of(member).get(member_sid)?.fields.last_consumed_message_index ?? null,
    notificationLevel: notification_level ?? "default",
  };
}

function conversationData(context: Context, { sid, created, updated, fields }: Document<Channel>): object {
  const { state, since, email } = conversationOf(context, sid);
  const [last] = context.of(message).scan({ parent: sid, descending: true });
  return {
    sid,
    friendlyName: fields.friendly_name ?? "",
    uniqueName: fields.unique_name ?? "",
    attributes: fields.attributes,
    createdBy: fields.created_by,
    type: fields.type,
    dateCreated: fields.date_created ?? isoDate(created),
    dateUpdated: fields.date_updated ?? isoDate(updated),
    state: { current: state, dateUpdated: isoDate(since) },
    bindings: email === null ? {} : { email },
    roster: names.participants(sid),
    messages: names.messages(sid),
    ...(last === undefined
      ? {}
      : {
          lastMessage: {
            index: last.fields.index,
            timestamp: last.fields.date_created ?? isoDate(last.created),
          },
        }),
  };
}

function messagesOf(context: Context, channelSid: string): ReadonlyMap<string, object> {
  const all = context.of(message).all(channelSid);
  return new Map(all.map((each) => [String(each.fields.index), messageData(context, each)]));
}

function messageData(context: Context, found: Document<Message>): object {
  const { sid, created, updated, fields } = found;
  const delivery = deliveryOf(context, sid);
  return {
    sid,
    type: "text",
    text: fields.body,
    author: fields.from,
    subject: null,
    contentSid: null,
    attributes: fields.attributes,
    lastUpdatedBy: fields.was_edited ? fields.last_updated_by : null,
    memberSid: authorOf(context, found) ?? null,
    timestamp: fields.date_created ?? isoDate(created),
    dateUpdated: fields.date_updated ?? isoDate(updated),
    ...(delivery === null ? {} : { delivery }),
  };
}

function participantsOf(
  context: Context,
  { sid, parentSid }: Document<Channel>,
): ReadonlyMap<string, object> {
  const all = context.of(member).all(sid);
  return new Map(
    all.map(({ sid: memberSid, created, updated, fields }) => {
      const bound = context.of(binding).get(memberSid)?.fields;
      const known =
        fields.identity === "" ? undefined : context.of(user).find("identity", fields.identity, parentSid);
      return [
        memberSid,
        {
          identity: fields.identity === "" ? null : fields.identity,
          type: bound?.type ?? "chat",
          roleSid: fields.role_sid,
          attributes: fields.attributes,
          lastConsumedMessageIndex: fields.last_consumed_message_index,
          lastConsumptionTimestamp: fields.last_consumption_timestamp,
          dateCreated: fields.date_created ?? isoDate(created),
          dateUpdated: fields.date_updated ?? isoDate(updated),
          ...(known === undefined ? {} : { userInfo: names.user(known.sid) }),
        },
      ] as const;
    }),
  );
}
