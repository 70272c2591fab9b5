import { kind } from "../../kernel/document.ts";

export interface Service {
  friendly_name: string;
  inbound_request_url: string | null;
  inbound_method: string;
  fallback_url: string | null;
  fallback_method: string;
  status_callback: string | null;
  sticky_sender: boolean;
  mms_converter: boolean;
  smart_encoding: boolean;
  scan_message_content: string;
  fallback_to_long_code: boolean;
  area_code_geomatch: boolean;
  /** In seconds. */
  validity_period: number;
  synchronous_validation: boolean;
  usecase: string;
  use_inbound_webhook_on_number: boolean;
  /** "Autocreate a Conversation", which Twilio's console sets and its API does not tell of. @default false */
  autocreates_conversations?: boolean;
}

export const service = kind<Service>("messaging.Service");

/** A number in the sender pool of a service; its SID is that of the account's number. */
export interface PhoneNumber {
  phone_number: string;
}

export const phoneNumber = kind<PhoneNumber>("messaging.PhoneNumber");
