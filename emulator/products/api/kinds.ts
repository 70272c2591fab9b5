import { kind } from "../../kernel/document.ts";

/** What one text may hold: characters, of which longer ones are refused and not cut, and files besides. */
export const textLimits = { body: 1600, media: 10 } as const;

export interface Account {
  friendly_name: string;
  status: string;
  type: string;
  auth_token: string;
}

export const account = kind<Account>("api.Account");

export interface Key {
  friendly_name: string;
  /** Kept as it is: what an access token was signed with can't be checked with a hash. */
  secret: string;
}

export const key = kind<Key>("api.Key");

export interface IncomingPhoneNumber {
  phone_number: string;
  friendly_name: string;
  sms_url: string;
  sms_method: string;
  sms_fallback_url: string;
  sms_fallback_method: string;
  sms_application_sid: string;
  voice_url: string;
  voice_method: string;
  voice_fallback_url: string;
  voice_fallback_method: string;
  voice_application_sid: string;
  voice_caller_id_lookup: boolean;
  voice_receive_mode: string;
  status_callback: string;
  status_callback_method: string;
  emergency_status: string;
  emergency_address_sid: string | null;
  trunk_sid: string | null;
  identity_sid: string | null;
  address_sid: string | null;
  bundle_sid: string | null;
}

export const incomingPhoneNumber = kind<IncomingPhoneNumber>("api.IncomingPhoneNumber");

export type MessageStatus =
  | "accepted"
  | "scheduled"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "canceled"
  | "receiving"
  | "received"
  | "read";

export interface Message {
  from: string;
  to: string;
  body: string;
  num_segments: string;
  num_media: string;
  direction: "inbound" | "outbound-api" | "outbound-reply";
  status: MessageStatus;
  messaging_service_sid: string | null;
  error_code: number | null;
  error_message: string | null;
  price: string | null;
  price_unit: string;
  api_version: string;
  /** Milliseconds since 1970; null until it is sent. */
  sent: number | null;
  /** Who is told of each new status. */
  status_callback: string | null;
}

export const message = kind<Message>("api.Message");

/** A picture or other file of a message; the local Twilio keeps its address, not its content. */
export interface Media {
  content_type: string;
  source: string;
}

export const media = kind<Media>("api.Media");

/** Somebody who wants no more messages of a number. */
export interface OptOut {
  /** Who, and the number: `+14155550100 +14155550142`. */
  pair: string;
}

export const optOut = kind<OptOut>("api.OptOut");
