import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import {
  channel,
  type Channel,
  member,
  type Member,
  message,
  type Message,
} from "../../products/chat/kinds.ts";
import { bindingsIn } from "../../products/conversations/binding.ts";
import {
  binding,
  type Binding,
  conversation,
  type Conversation,
  receipt,
  type Receipt,
} from "../../products/conversations/kinds.ts";
import { authorOf } from "../../products/conversations/message.ts";

/** Something that happened in a conversation, as its webhooks are told. */
export interface ConversationEvent {
  /** `onMessageAdded`. */
  readonly name: string;
  readonly conversation: Document<Channel>;
  readonly form: Readonly<Record<string, string>>;
}

/** What a write means to webhooks; undefined when they are not told of it. */
export function conversationEventOf(change: Change, context: Context): ConversationEvent | undefined {
  if (!context.isAnnounced) return undefined;
  const described = describe(change, context);
  if (described === undefined) return undefined;
  const { name, sid, form, gone } = described;
  const found = gone ?? context.of(channel).get(sid);
  // Chat's own channels are Chat's to tell of.
  const isConversation = gone?.fields.type === "private" || context.of(conversation).get(sid) !== undefined;
  if (found === undefined || !isConversation) return undefined;
  return eventIn(context, found, name, form);
}

interface Described {
  readonly name: string;
  /** Of the conversation. */
  readonly sid: string;
  readonly form: Record<string, string>;
  /** The conversation, when it is there no more. */
  readonly gone?: Document<Channel>;
}

function describe(change: Change, context: Context): Described | undefined {
  const document = change.action === "delete" ? change.before : change.after;
  const name = (subject: string): string =>
    `on${subject}${{ create: "Added", update: "Updated", delete: "Removed" }[change.action]}`;
  switch (change.kind) {
    case message.kind: {
      const said = document as Document<Message>;
      return { name: name("Message"), sid: said.parentSid, form: messageForm(said, context) };
    }
    case member.kind: {
      const joined = document as Document<Member>;
      // Who has no identity is there with the addresses only.
      if (change.action === "create" && joined.fields.identity === "") return undefined;
      return { name: name("Participant"), sid: joined.parentSid, form: participantForm(joined, context) };
    }
    case binding.kind: {
      const { sid, fields } = document as Document<Binding>;
      const joined = context.of(member).get(sid);
      if (change.action !== "create" || joined === undefined || joined.fields.identity !== "")
        return undefined;
      return {
        name: "onParticipantAdded",
        sid: fields.conversation_sid,
        form: participantForm(joined, context),
      };
    }
    case conversation.kind:
      return conversationChange(change as Change<Conversation>, context);
    case channel.kind:
      return channelChange(change as Change<Channel>);
    case receipt.kind: {
      const { fields, parentSid } = document as Document<Receipt>;
      if (change.action === "delete") return undefined;
      return {
        name: "onDeliveryUpdated",
        sid: fields.conversation_sid,
        form: {
          MessageSid: parentSid,
          DeliveryReceiptSid: document.sid,
          ChannelMessageSid: fields.channel_message_sid,
          ParticipantSid: fields.participant_sid,
          Status: fields.status,
          ErrorCode: String(fields.error_code),
        },
      };
    }
    default:
      return undefined;
  }
}

/** It is there once Conversations knows of it; what it knows changes with the state. */
function conversationChange(change: Change<Conversation>, context: Context): Described | undefined {
  if (change.action === "delete") return undefined;
  const { sid, fields } = change.after;
  const found = context.of(channel).get(sid);
  if (found === undefined) return undefined;
  if (change.action === "create")
    return {
      name: "onConversationAdded",
      sid,
      form: {
        ...channelForm(found),
        State: fields.state,
        MessagingServiceSid: fields.messaging_service_sid ?? "",
      },
    };
  const { state } = change.before.fields;
  if (state === fields.state) return undefined;
  return {
    name: "onConversationStateUpdated",
    sid,
    form: { ...channelForm(found), StateFrom: state, StateTo: fields.state },
  };
}

function channelChange(change: Change<Channel>): Described | undefined {
  if (change.action === "create") return undefined;
  if (change.action === "update" && essence(change.before) === essence(change.after)) return undefined;
  const { sid } = change.before;
  return change.action === "update"
    ? { name: "onConversationUpdated", sid, form: channelForm(change.after) }
    : { name: "onConversationRemoved", sid, form: channelForm(change.before), gone: change.before };
}

/** Counters change with messages and participants: that is no update of the conversation. */
function essence({ fields }: Document<Channel>): string {
  const { friendly_name, unique_name, attributes } = fields;
  return JSON.stringify([friendly_name, unique_name, attributes]);
}

function channelForm({ created, updated, fields }: Document<Channel>): Record<string, string> {
  return {
    FriendlyName: fields.friendly_name ?? "",
    UniqueName: fields.unique_name ?? "",
    Attributes: fields.attributes,
    DateCreated: new Date(created).toISOString(),
    DateUpdated: new Date(updated).toISOString(),
  };
}

/** A message that is there already, as webhooks that came later are told of it; undefined when its conversation is gone. */
export function messageAdded(said: Document<Message>, context: Context): ConversationEvent | undefined {
  const found = context.of(channel).get(said.parentSid);
  return found && eventIn(context, found, "onMessageAdded", messageForm(said, context));
}

function eventIn(
  context: Context,
  found: Document<Channel>,
  name: string,
  form: Readonly<Record<string, string>>,
): ConversationEvent {
  return {
    name,
    conversation: found,
    form: {
      EventType: name,
      AccountSid: context.accountSid,
      ChatServiceSid: found.parentSid,
      ConversationSid: found.sid,
      Source: "API",
      ...form,
    },
  };
}

function messageForm(said: Document<Message>, context: Context): Record<string, string> {
  const { sid, created, parentSid, fields } = said;
  const bound = bindingsIn(context, parentSid).find(({ fields: { address } }) => address === fields.from);
  return {
    MessageSid: sid,
    Index: String(fields.index),
    Author: fields.from,
    Body: fields.body,
    Attributes: fields.attributes,
    ParticipantSid: authorOf(context, said) ?? "",
    DateCreated: new Date(created).toISOString(),
    ...(bound === undefined ? {} : { Source: bound.fields.type.toUpperCase() }),
  };
}

function participantForm(
  { sid, created, fields }: Document<Member>,
  context: Context,
): Record<string, string> {
  const bound = context.of(binding).get(sid)?.fields;
  return {
    ParticipantSid: sid,
    RoleSid: fields.role_sid,
    Attributes: fields.attributes,
    DateCreated: new Date(created).toISOString(),
    ...(fields.identity === "" ? {} : { Identity: fields.identity }),
    ...(bound === undefined
      ? {}
      : {
          "MessagingBinding.Type": bound.type,
          "MessagingBinding.Address": bound.address ?? "",
          "MessagingBinding.ProxyAddress": bound.proxy_address ?? "",
        }),
  };
}
