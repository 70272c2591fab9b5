import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";
import { member, user, channel as chatChannel } from "../../chat/kinds.ts";
import { bindingsIn } from "../../conversations/binding.ts";
import type { InteractionChannel } from "./kinds.ts";

/** What Flex names in the attributes of a task. */
export interface Names {
  readonly interactionSid: string;
  readonly channelSid: string;
  readonly inviteSid: string;
}

/**
 * The attributes of a task about an interaction: those that were asked for, and Flex's, as Flex UI, Insights and plug-ins
 * read them (https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes). What was asked for
 * goes before what Flex guesses, and never before the SIDs.
 */
export function taskAttributes(
  context: Context,
  { interactionSid, channelSid, inviteSid }: Names,
  fields: InteractionChannel,
  own: JsonObject,
): JsonObject {
  const { conversation_sid: conversationSid, initiated_by, type } = fields;
  const { address, name } = customerOf(context, fields);
  const isOutbound = initiated_by === "agent";
  const called = textOf(own["customerName"]) ?? textOf(own["name"]) ?? name;
  return {
    from: address,
    name: called,
    customerName: called,
    customerAddress: address,
    channelType: type,
    direction: isOutbound ? "outbound" : "inbound",
    initiatedBy: initiated_by,
    ...own,
    customers: {
      name: called,
      ...(type === "email" ? { email: address } : { phone: address }),
      ...objectOf(own["customers"]),
    },
    conversations: {
      communication_channel: type,
      initiated_by,
      external_contact: address,
      ...objectOf(own["conversations"]),
      conversation_id: interactionSid,
      media: [{ type: "ChatTranscript", sid: conversationSid }],
    },
    conversationSid,
    flexInteractionSid: interactionSid,
    flexInteractionChannelSid: channelSid,
    flexChannelInviteSid: inviteSid,
  };
}

/** By what address and name the customer of a channel is known. */
function customerOf(context: Context, fields: InteractionChannel): { address: string; name: string } {
  const { conversation_sid: conversationSid, outsiders } = fields;
  const bound = bindingsIn(context, conversationSid).find((each) => each.fields.address !== null);
  const address = bound?.fields.address ?? outsiders[0]?.address;
  if (address !== undefined) return { address, name: address };
  const [visitor] = context.of(member).all(conversationSid);
  if (visitor === undefined) return { address: "", name: "" };
  const { identity } = visitor.fields;
  const serviceSid = context.of(chatChannel).get(conversationSid)?.parentSid ?? "";
  const known = context.of(user).find("identity", identity, serviceSid);
  return { address: identity, name: known?.fields.friendly_name ?? identity };
}

/** The SIDs of an invite on a channel. */
export function namesOf(channel: Document<InteractionChannel>, inviteSid: string): Names {
  return { interactionSid: channel.parentSid, channelSid: channel.sid, inviteSid };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
