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
