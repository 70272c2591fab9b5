import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, notFound, TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { isSid } from "../../kernel/sid.ts";
import { type Configuration, configuration } from "./kinds.ts";

/** Tells whether a value may be stored; null always may. */
type Check = { readonly expected: string; accepts(value: Json): boolean };

const text: Check = { expected: "text", accepts: (value) => typeof value === "string" };
const flag: Check = { expected: "true or false", accepts: (value) => typeof value === "boolean" };
const object: Check = { expected: "an object", accepts: isJsonObject };
const list: Check = { expected: "a list", accepts: Array.isArray };
const sidOf = (prefix: string): Check => ({
  expected: `a SID that starts with ${prefix}`,
  accepts: (value) => typeof value === "string" && isSid(value, prefix),
});

/** What may be set, each property as a whole: to change a part of an object, send all of it. */
const writable: Readonly<Record<string, Check>> = {
  attributes: object,
  taskrouter_workspace_sid: sidOf("WS"),
  taskrouter_target_workflow_sid: sidOf("WW"),
  taskrouter_target_taskqueue_sid: sidOf("WQ"),
  taskrouter_taskqueues: list,
  taskrouter_skills: list,
  taskrouter_worker_channels: object,
  taskrouter_worker_attributes: object,
  taskrouter_offline_activity_sid: sidOf("WA"),
  messaging_service_instance_sid: sidOf("MG"),
  chat_service_instance_sid: sidOf("IS"),
  flex_service_instance_sid: sidOf("IS"),
  ui_language: text,
  ui_attributes: object,
  ui_dependencies: object,
  ui_version: text,
  call_recording_enabled: flag,
  call_recording_webhook_url: text,
  crm_enabled: flag,
  crm_type: text,
  crm_callback_url: text,
  crm_fallback_url: text,
  crm_attributes: object,
  public_attributes: object,
  plugin_service_enabled: flag,
  plugin_service_attributes: object,
  integrations: list,
  outbound_call_flows: object,
  serverless_service_sids: {
    expected: "a list of SIDs that start with ZS",
    accepts: (value) =>
      Array.isArray(value) && value.every((item) => typeof item === "string" && isSid(item, "ZS")),
  },
  queue_stats_configuration: object,
  notifications: object,
  markdown: object,
  flex_insights_hr: object,
  flex_insights_drilldown: flag,
  flex_url: text,
  channel_configs: list,
  debugger_integration: object,
  flex_ui_status_report: object,
  agent_conv_end_methods: object,
  citrix_voice_vdi: object,
  offline_config: object,
};

export const configurationResource = resource(configuration, {
  prefix: "GO",
  path: "/v1/Configuration",
  listKey: "configuration",
  operations: [],
});

export function fetchConfiguration({ context, path }: RequestContext): Reply {
  const found = context.of(configuration).get(context.accountSid);
  // An account gets its configuration when Flex is set up.
  if (found === undefined) throw notFound(path);
  return answer(found);
}

/** Sets what the body names and leaves the rest; the first one sets Flex up. */
export function updateConfiguration({ context, json }: RequestContext): Reply {
  const settings = readSettings(json, context);
  const configurations = context.of(configuration);
  const previous = configurations.get(context.accountSid);
  if (previous === undefined) {
    const fields = { flex_instance_sid: context.newSid("GO"), settings };
    return answer(configurations.insert(context.accountSid, fields, context.accountSid));
  }
  const changed = { ...previous.fields.settings, ...settings };
  return answer(configurations.update(previous, { ...previous.fields, settings: changed }));
}

/** Reads a body; what Twilio sets itself is ignored, so that a fetched configuration can be sent back. @throws TwilioError */
function readSettings(body: unknown, context: Context): JsonObject {
  if (!isJsonObject(body)) throw invalid("The body must be a JSON object");
  const account = body["account_sid"];
  if (account === undefined || account === null)
    throw invalid("Missing required property account_sid in the body");
  if (account !== context.accountSid)
    throw new TwilioError(
      403,
      20403,
      `account_sid must be the account of the request, ${context.accountSid}`,
    );
  const settings: JsonObject = {};
  for (const [name, check] of Object.entries(writable)) {
    const value = body[name];
    if (value === undefined) continue;
    if (value !== null && !check.accepts(value)) throw invalid(`${name} must be ${check.expected}`);
    settings[name] = value;
  }
  return settings;
}

function answer({ accountSid, created, updated, fields }: Document<Configuration>): Reply {
  const unset = Object.fromEntries(Object.keys(writable).map((name) => [name, null]));
  return {
    status: 200,
    body: {
      account_sid: accountSid,
      date_created: isoDate(created),
      date_updated: isoDate(updated),
      status: "ok",
      flex_instance_sid: fields.flex_instance_sid,
      runtime_domain: "https://flex.twilio.com",
      service_version: "1.0",
      ...unset,
      ...fields.settings,
      url: "https://flex-api.twilio.com/v1/Configuration",
    },
  };
}
