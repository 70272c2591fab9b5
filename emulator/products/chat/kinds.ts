import { kind } from "../../kernel/document.ts";
import type { GivenDates } from "./parameters.ts";
import type { RoleType } from "./permission.ts";

/** A notification: whether it is sent, and what was set of the rest. */
export interface Notification {
  enabled: boolean;
  template?: string | null;
  sound?: string | null;
  badge_count_enabled?: boolean;
}

export interface Service {
  friendly_name: string;
  default_service_role_sid: string;
  default_channel_role_sid: string;
  default_channel_creator_role_sid: string;
  read_status_enabled: boolean;
  reachability_enabled: boolean;
  /** In seconds, as is the next one. */
  typing_indicator_timeout: number;
  consumption_report_interval: number;
  notifications: {
    log_enabled: boolean;
    new_message: Notification;
    added_to_channel: Notification;
    removed_from_channel: Notification;
    invited_to_channel: Notification;
  };
  /** Of messages with files; only Conversations has it. */
  with_media?: Notification;
  pre_webhook_url: string | null;
  post_webhook_url: string | null;
  webhook_method: string | null;
  webhook_filters: string[] | null;
  pre_webhook_retry_count: number;
  post_webhook_retry_count: number;
  limits: { channel_members: number; user_channels: number };
  media: { size_limit_mb: number; compatibility_message: string | null };
}

export const service = kind<Service>("chat.Service");

export interface Role {
  friendly_name: string;
  type: RoleType;
  permissions: string[];
}

export const role = kind<Role>("chat.Role");

export interface User {
  identity: string;
  role_sid: string;
  attributes: string;
  friendly_name: string | null;
}

export const user = kind<User>("chat.User");

/** A channel that a user is a member of. */
export interface UserChannel {
  channel_sid: string;
  member_sid: string;
  /** Whether the user is told of messages; absent: `default`. */
  notification_level?: "default" | "muted";
}

export const userChannel = kind<UserChannel>("chat.UserChannel");

/** A device of a user that wants pushes. Chat's clients make it; the API reads and deletes it. */
export interface Binding {
  user_sid: string;
  identity: string;
  /** What the device is known by at the push service. */
  endpoint: string;
  binding_type: PushService;
  credential_sid: string;
  message_types: string[];
}

export const binding = kind<Binding>("chat.Binding");

export interface Channel extends GivenDates {
  friendly_name: string | null;
  unique_name: string | null;
  attributes: string;
  type: "public" | "private";
  created_by: string;
  members_count: number;
  messages_count: number;
  /** Index of the next message; indexes of deleted ones are not used again. */
  next_message_index: number;
}

export const channel = kind<Channel>("chat.Channel");

export interface Member extends GivenDates {
  identity: string;
  role_sid: string;
  attributes: string;
  last_consumed_message_index: number | null;
  last_consumption_timestamp: string | null;
}

export const member = kind<Member>("chat.Member");

/** An invitation to join a channel; it is gone when the invited one is a member, with its role. */
export interface Invite {
  identity: string;
  role_sid: string;
  /** Identity of who invited; `system`: the API. */
  created_by: string;
}

export const invite = kind<Invite>("chat.Invite");

export interface Message extends GivenDates {
  from: string;
  body: string;
  attributes: string;
  last_updated_by: string | null;
  was_edited: boolean;
  index: number;
}

export const message = kind<Message>("chat.Message");

/** What calls are made for, and where; each type of webhook has some of these. */
export interface Configuration {
  url?: string;
  method?: string;
  filters?: string[];
  triggers?: string[];
  flow_sid?: string;
  retry_count?: number;
}

export interface ChannelWebhook {
  type: "webhook" | "trigger" | "studio";
  configuration: Configuration;
}

export const channelWebhook = kind<ChannelWebhook>("chat.ChannelWebhook");

export type PushService = "apn" | "fcm" | "gcm";

/** What lets Chat push to devices. Its secrets are checked for and thrown away: nothing is pushed from here. */
export interface Credential {
  friendly_name: string | null;
  type: PushService;
  /** Twilio's text for it, of Apple's service only. */
  sandbox: "True" | "False" | null;
}

export const credential = kind<Credential>("chat.Credential");
