import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import {
  type Channel,
  channel,
  member,
  type Member,
  message,
  type Message,
  user,
  type User,
} from "../../products/chat/kinds.ts";

/** Something that happened in chat, as its webhooks are told. */
export interface ChatEvent {
  /** `onMessageSent`. */
  readonly name: string;
  readonly serviceSid: string;
  /** Undefined for what happens to users. */
  readonly channel: Document<Channel> | undefined;
  readonly form: Readonly<Record<string, string>>;
}

/** What a write means to webhooks; undefined when they are not told of it. */
export function chatEventOf(change: Change, context: Context): ChatEvent | undefined {
  if (!context.isAnnounced) return undefined;
  const kind = kinds[change.kind];
  if (kind === undefined) return undefined;
  const document = change.action === "delete" ? change.before : change.after;
  if (change.action === "update" && isSame(change.before.fields, change.after.fields)) return undefined;
  const name = kind.events[change.action];
  const described = kind.describe(document as Document<never>, context);
  if (name === undefined || described === undefined) return undefined;
  const { channel: joined, serviceSid, form } = described;
  return {
    name,
    serviceSid,
    channel: joined,
    form: {
      EventType: name,
      AccountSid: context.accountSid,
      InstanceSid: serviceSid,
      ...(joined === undefined ? {} : { ChannelSid: joined.sid }),
      Source: "API",
      ...form,
    },
  };
}

interface Described {
  readonly serviceSid: string;
  readonly channel: Document<Channel> | undefined;
  readonly form: Record<string, string>;
}

interface Kind {
  readonly events: Partial<Record<Change["action"], string>>;
  describe(document: Document<never>, context: Context): Described | undefined;
}

const kinds: Readonly<Record<string, Kind>> = {
  [message.kind]: kindOf<Message>(
    { create: "onMessageSent", update: "onMessageUpdated", delete: "onMessageRemoved" },
    ({ sid, parentSid, created, fields }, context) =>
      inChannel(context, parentSid, {
        ClientIdentity: fields.from,
        MessageSid: sid,
        Index: String(fields.index),
        From: fields.from,
        Body: fields.body,
        Attributes: fields.attributes,
        DateCreated: new Date(created).toISOString(),
      }),
  ),
  [channel.kind]: kindOf<Channel>(
    { create: "onChannelAdded", update: "onChannelUpdated", delete: "onChannelDestroyed" },
    (document) => ({
      serviceSid: document.parentSid,
      channel: document,
      form: {
        UniqueName: document.fields.unique_name ?? "",
        FriendlyName: document.fields.friendly_name ?? "",
        ChannelType: document.fields.type,
        CreatedBy: document.fields.created_by,
        Attributes: document.fields.attributes,
        DateCreated: new Date(document.created).toISOString(),
      },
    }),
  ),
  [member.kind]: kindOf<Member>(
    { create: "onMemberAdded", update: "onMemberUpdated", delete: "onMemberRemoved" },
    ({ sid, parentSid, created, fields }, context) =>
      inChannel(context, parentSid, {
        MemberSid: sid,
        Identity: fields.identity,
        RoleSid: fields.role_sid,
        Attributes: fields.attributes,
        DateCreated: new Date(created).toISOString(),
      }),
  ),
  [user.kind]: kindOf<User>(
    { create: "onUserAdded", update: "onUserUpdated" },
    ({ sid, parentSid, fields }) => ({
      serviceSid: parentSid,
      channel: undefined,
      form: {
        UserSid: sid,
        Identity: fields.identity,
        RoleSid: fields.role_sid,
        Attributes: fields.attributes,
      },
    }),
  ),
};

function kindOf<F extends object>(
  events: Kind["events"],
  describe: (document: Document<F>, context: Context) => Described | undefined,
): Kind {
  return { events, describe: describe };
}

function inChannel(
  context: Context,
  channelSid: string,
  form: Record<string, string>,
): Described | undefined {
  const joined = context.of(channel).get(channelSid);
  return joined === undefined ? undefined : { serviceSid: joined.parentSid, channel: joined, form };
}

/** The counters of a channel change with its messages and members: that is no update of it. */
function isSame(before: object, after: object): boolean {
  const counters = ["members_count", "messages_count", "next_message_index", "date_updated"];
  const essence = (fields: object): string =>
    JSON.stringify(Object.entries(fields).filter(([name]) => !counters.includes(name)));
  return essence(before) === essence(after);
}

/** The same as a flow sees it, `{{trigger.message…}}`: with the channel's attributes as an object. */
export function asTrigger(event: ChatEvent, webhookSid: string): JsonObject {
  const attributes: unknown = JSON.parse(event.channel?.fields.attributes ?? "{}");
  return {
    ...event.form,
    WebhookSid: webhookSid,
    WebhookType: "studio",
    ChannelAttributes: attributes as JsonObject,
  };
}
