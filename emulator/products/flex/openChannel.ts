import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import {
  type Channel as ChatChannel,
  channel as chatChannel,
  channelWebhook,
  member,
  user,
} from "../chat/kinds.ts";
import type { FlexFlow } from "./kinds.ts";

/** A conversation that is about to begin. */
export interface Opening {
  readonly flexFlow: Document<FlexFlow>;
  /** Chat identity of the customer. */
  readonly identity: string;
  readonly userFriendlyName: string;
  readonly friendlyName: string;
  readonly uniqueName?: string | undefined;
  /** Whom it is with, e.g. a phone number; the channel's attribute `from`. */
  readonly from: string;
  readonly longLived?: boolean | undefined;
  /** Further attributes of the channel. */
  readonly attributes?: JsonObject;
}

/** What Flex keeps in the attributes of a chat channel; others may add to it. */
export interface ChannelAttributes extends JsonObject {
  status: string;
  long_lived: boolean;
  from: string;
  channel_type: string;
}

/**
 * Makes the private chat channel of a conversation, with the customer in it and, unless the conversation becomes a
 * task at once, a webhook that leads its messages to the Flex Flow's Studio flow or URL.
 */
export function openChannel(context: Context, opening: Opening): Document<ChatChannel> {
  const { flexFlow, identity } = opening;
  const { chat_service_sid: serviceSid, channel_type, long_lived } = flexFlow.fields;
  const attributes: ChannelAttributes = {
    status: "ACTIVE",
    long_lived: opening.longLived ?? long_lived,
    from: opening.from,
    channel_type,
    ...opening.attributes,
  };
  const opened = context.of(chatChannel).create(serviceSid, {
    FriendlyName: opening.friendlyName,
    ...(opening.uniqueName === undefined ? {} : { UniqueName: opening.uniqueName }),
    Type: "private",
    Attributes: JSON.stringify(attributes),
  });
  nameUser(context, serviceSid, identity, opening.userFriendlyName);
  context.of(member).create(opened.sid, { Identity: identity });
  addWebhook(context, opened.sid, flexFlow);
  return opened;
}

function nameUser(context: Context, serviceSid: string, identity: string, friendlyName: string): void {
  const known = context.of(user).find("identity", identity, serviceSid);
  if (known === undefined)
    context.of(user).create(serviceSid, { Identity: identity, FriendlyName: friendlyName });
  else if (known.fields.friendly_name !== friendlyName)
    context.of(user).change(known, { FriendlyName: friendlyName });
}

/** Leads the messages of a channel to where the Flex Flow says. */
export function addWebhook(context: Context, channelSid: string, { fields }: Document<FlexFlow>): void {
  const { integration_type: type, integration } = fields;
  const retries = integration.retry_count ?? 0;
  if (type === "studio")
    context.of(channelWebhook).create(channelSid, {
      Type: "studio",
      "Configuration.FlowSid": integration.flow_sid,
      "Configuration.RetryCount": retries,
    });
  if (type === "external")
    context.of(channelWebhook).create(channelSid, {
      Type: "webhook",
      "Configuration.Url": integration.url,
      "Configuration.Method": "POST",
      "Configuration.Filters": ["onMessageSent"],
      "Configuration.RetryCount": retries,
    });
}

/** The attributes of a chat channel; those of one that Flex did not make may lack what Flex puts there. */
export function attributesOf({ fields }: Document<ChatChannel>): Partial<ChannelAttributes> {
  const parsed: unknown = JSON.parse(fields.attributes);
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : {};
}

/** Sets some attributes of a chat channel and leaves the others. */
export function setAttributes(context: Context, channelSid: string, changes: JsonObject): void {
  const found = context.of(chatChannel).get(channelSid);
  if (found === undefined) return;
  context.of(chatChannel).change(found, {
    Attributes: JSON.stringify({ ...attributesOf(found), ...changes }),
  });
}
