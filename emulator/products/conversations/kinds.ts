import { kind } from "../../kernel/document.ts";
import type { AutoCreation } from "./autoCreation.ts";

/** What is set up for one of the account's addresses: whether a message to it opens a conversation, and which. */
export interface Address {
  /** In the letters that it was given in; `sms` and `SMS` are the same. */
  type: string;
  address: string;
  friendly_name: string | null;
  /** Of short codes, which differ by country. */
  address_country: string | null;
  auto_creation: AutoCreation;
}

export const address = kind<Address>("conversations.Address");

/** What an account's conversations have unless they say otherwise, under the account's SID. */
export interface Configuration {
  default_chat_service_sid: string | null;
  default_messaging_service_sid: string | null;
  /** ISO 8601 durations, as they were given. */
  default_inactive_timer: string | null;
  default_closed_timer: string | null;
}

export const configuration = kind<Configuration>("conversations.Configuration");

/** Who is told of all that happens in conversations: of the account, under its SID, or of a service, under that one's. */
export interface Webhooks {
  pre_webhook_url: string | null;
  post_webhook_url: string | null;
  method: string | null;
  filters: string[] | null;
  /** `flex`: Flex is told, and not the URLs. The account's only. */
  target?: "webhook" | "flex";
}

export const accountWebhooks = kind<Webhooks>("conversations.AccountWebhooks");
export const serviceWebhooks = kind<Webhooks>("conversations.ServiceWebhooks");

export type State = "active" | "inactive" | "closed";

/** What Conversations knows of a private channel of Chat, under its SID. One that Chat made has none until it changes. */
export interface Conversation {
  state: State;
  /** Milliseconds without anything new after which it becomes inactive, and closed; null: never. */
  inactive_after: number | null;
  closed_after: number | null;
  /** When the last thing happened that the two count from, in milliseconds since 1970. */
  since: number;
  messaging_service_sid: string | null;
  email: { projected_address: string | null; name: string | null } | null;
}

export const conversation = kind<Conversation>("conversations.Conversation");

export type BindingType = "sms" | "whatsapp" | "messenger" | "rcs" | "email";

/** By what address somebody takes part, under the SID of the member of Chat. It is stored in the service. */
export interface Binding {
  conversation_sid: string;
  type: BindingType;
  /** Null: somebody in chat who shows a number to a group. */
  address: string | null;
  /** Ours. */
  proxy_address: string | null;
  projected_address: string | null;
  /** `address proxy_address` while the conversation is not closed: a pair is in one at a time. */
  pair: string | null;
}

export const binding = kind<Binding>("conversations.Binding");

/** What a webhook of one conversation is for, and where it goes; each target has some of these. */
export interface WebhookConfiguration {
  url?: string;
  /** In the letters that it was given in. */
  method?: string;
  filters?: string[];
  triggers?: string[];
  flow_sid?: string;
  replay_after?: number;
}

export interface ScopedWebhook {
  target: "webhook" | "trigger" | "studio";
  configuration: WebhookConfiguration;
}

export const scopedWebhook = kind<ScopedWebhook>("conversations.ScopedWebhook");

/** What became of a message on its way to somebody who is not in chat. */
export interface Receipt {
  conversation_sid: string;
  participant_sid: string;
  /** The text that it was sent as. */
  channel_message_sid: string;
  status: "sent" | "delivered" | "undelivered" | "failed" | "read";
  error_code: number;
}

export const receipt = kind<Receipt>("conversations.Receipt");
