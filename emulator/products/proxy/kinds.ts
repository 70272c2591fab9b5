import { kind } from "../../kernel/document.ts";

export interface Service {
  unique_name: string;
  /** In seconds; 0: sessions never expire. */
  default_ttl: number;
  callback_url: string | null;
  geo_match_level: string;
  number_selection_behavior: string;
  intercept_callback_url: string | null;
  out_of_session_callback_url: string | null;
  chat_instance_sid: string | null;
}

export const service = kind<Service>("proxy.Service");

/** A number in a service's pool; its SID is that of the account's number. */
export interface PhoneNumber {
  phone_number: string;
  /** Whether participants get it only when they ask for it by name. */
  is_reserved: boolean;
}

export const phoneNumber = kind<PhoneNumber>("proxy.PhoneNumber");

export type SessionStatus = "open" | "in-progress" | "closed" | "failed" | "unknown";

export interface Session {
  unique_name: string | null;
  /** In seconds from the last interaction, or else from the creation; 0: it does not expire. */
  ttl: number;
  mode: "message-only" | "voice-only" | "voice-and-message";
  status: SessionStatus;
  /** `api`, `expired`; empty while the session is not over. */
  closed_reason: string;
  date_started: string | null;
  date_ended: string | null;
  date_last_interaction: string | null;
  /** Explicit, or what `ttl` makes of the last interaction. */
  date_expiry: string | null;
  /** Whether `date_expiry` was given: then `ttl` has no say. */
  has_explicit_expiry: boolean;
}

export const session = kind<Session>("proxy.Session");

export interface Participant {
  /** A phone number, or the SID of a chat channel. */
  identifier: string;
  friendly_name: string | null;
  /** The number that the participant writes to and gets messages from. */
  proxy_identifier: string;
  proxy_identifier_sid: string | null;
  date_deleted: string | null;
  /** What makes an incoming message find the participant; null when the session is over. */
  active_pair: string | null;
}

export const participant = kind<Participant>("proxy.Participant");

export interface Interaction {
  /** JSON text. */
  data: string;
  type: "message" | "voice" | "unknown";
  inbound_participant_sid: string | null;
  inbound_resource_sid: string | null;
  inbound_resource_status: string | null;
  inbound_resource_type: string | null;
  inbound_resource_url: string | null;
  outbound_participant_sid: string | null;
  outbound_resource_sid: string | null;
  outbound_resource_status: string | null;
  outbound_resource_type: string | null;
  outbound_resource_url: string | null;
}

export const interaction = kind<Interaction>("proxy.Interaction");

export const messageInteraction = kind<object>("proxy.MessageInteraction");
