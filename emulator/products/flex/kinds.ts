import { kind } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Integration, IntegrationType } from "./integration.ts";

export interface FlexFlow {
  friendly_name: string;
  chat_service_sid: string;
  channel_type: string;
  contact_identity: string | null;
  enabled: boolean;
  integration_type: IntegrationType | null;
  integration: Integration;
  long_lived: boolean;
  janitor_enabled: boolean;
}

export const flexFlow = kind<FlexFlow>("flex.FlexFlow");

/** What Flex knows of a conversation, under the SID of its chat channel. */
export interface Channel {
  flex_flow_sid: string;
  user_sid: string;
  task_sid: string | null;
  /** JSON text: what the task has besides what Flex puts there. */
  task_attributes: string;
}

export const channel = kind<Channel>("flex.Channel");

export const webChannel = kind<Channel>("flex.WebChannel");

/** The one Flex configuration of an account, under the account's SID. */
export interface Configuration {
  flex_instance_sid: string;
  /** What was set; the rest is null. */
  settings: JsonObject;
}

export const configuration = kind<Configuration>("flex.Configuration");

/** A plug-in of Flex UI; what it is made of stands in its versions. It can be archived, not deleted. */
export interface Plugin {
  unique_name: string;
  friendly_name: string | null;
  description: string | null;
  archived: boolean;
}

export const plugin = kind<Plugin>("flex.Plugin");

/** A version of a plug-in: where its code is. It never changes, but for being archived. */
export interface PluginVersion {
  version: string;
  plugin_url: string;
  changelog: string | null;
  private: boolean;
  archived: boolean;
  /** Whether it was created with a status of validation. */
  validated: boolean;
}

export const pluginVersion = kind<PluginVersion>("flex.PluginVersion");

/** A set of plug-in versions that Flex UI may load; a release makes it do so. */
export interface PluginConfiguration {
  name: string;
  description: string | null;
  archived: boolean;
}

export const pluginConfiguration = kind<PluginConfiguration>("flex.PluginConfiguration");

/** A plug-in version as a configuration has it. */
export interface ConfiguredPlugin {
  plugin_sid: string;
  plugin_version_sid: string;
  phase: number;
}

export const configuredPlugin = kind<ConfiguredPlugin>("flex.ConfiguredPlugin");

/** Makes Flex UI load the plug-ins of a configuration; the newest release is the active one. */
export interface PluginRelease {
  configuration_sid: string;
}

export const pluginRelease = kind<PluginRelease>("flex.PluginRelease");
