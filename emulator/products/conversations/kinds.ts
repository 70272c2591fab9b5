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
