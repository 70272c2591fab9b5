import type { Parameter } from "../conformance/openapi.ts";
import type { Known } from "./known.ts";
import type { Random } from "../../bench/random.ts";

/** Where nobody listens, so that callbacks fail at once. */
const callback = "http://127.0.0.1:1/hook";

/** What no parameter wants. */
export const nasty: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "999999999999999999999999",
  "NaN",
  "true",
  "null",
  "undefined",
  "[]",
  "{}",
  '{"__proto__":{"x":1}}',
  '{"task_routing":{"filters":[{"expression":"1==1","targets":[{}]}]}}',
  '{"task_routing":null}',
  '{"states":[null],"initial_state":{}}',
  '["a",{"plugin_version":[]}]',
  "[".repeat(20_000),
  "1==1",
  "a HAS 'b' AND (",
  "(".repeat(5000),
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "a\0b",
  "\ud800",
  "😀".repeat(40),
  "x".repeat(70_000),
  "' OR 1=1 --",
  callback,
  "http://[::1",
  "+14155550199",
  "415",
  "Offline",
  "DateStatusChanged:desc",
  "0000-00-00T99:99:99Z",
];

const definition = JSON.stringify({
  initial_state: "Trigger",
  states: [{ name: "Trigger", type: "trigger", transitions: [], properties: {} }],
});

/** Values that Twilio's documents do not tell, by the name of the parameter. */
const byName: Readonly<Record<string, (random: Random, known: Known, path: string) => string | undefined>> = {
  Configuration: (_, known, path) =>
    JSON.stringify({ task_routing: { filters: [], default_filter: { queue: known.sid("WQ", path) } } }),
  RoutingTarget: (random, known, path) => known.sid(random.pick(["WW", "WQ", "WK"]), path),
  TaskQueueSid: (_, known, path) => known.sid("WQ", path),
  Definition: () => definition,
  Attributes: (random) => JSON.stringify({ level: random.between(0, 3), skills: ["a"] }),
  Parameters: () => '{"a":1}',
  TaskAttributes: () => "{}",
  TargetWorkers: (random) => random.pick(["1==1", "level > 1", "skills HAS 'a'"]),
  TargetWorkersExpression: () => "level > 1",
  EvaluateTaskAttributes: () => "level > 1",
  Permission: () => "sendMessage",
  PhoneNumber: (random) => random.pick(["+14155550142", `+1415555${random.between(1000, 9999)}`]),
  AreaCode: () => "415",
  To: (random) => `+1415556${random.between(1000, 1100)}`,
  From: () => "+14155550142",
  Identifier: (random) => `+1415557${random.between(1000, 9999)}`,
  ProxyIdentifier: () => "+14155550142",
  Identity: (random) => random.pick(["ann", "bob", "eve"]),
  Author: () => "ann",
  Participants: () => '{"Identifier":"+14155550160"}',
  Version: (random) => `${random.between(0, 9)}.${random.between(0, 99)}.0`,
  Plugins: (_, known) => JSON.stringify({ plugin_version: known.sid("FV"), phase: 3 }),
  PluginUrl: () => "https://example.com/plugin.js",
  TaskChannel: () => "default",
  UniqueName: (random) => `u${random.between(0, 1e6)}`,
  Ordering: () => "DateCreated:asc",
  TestUsers: () => "+14155550142",
  Url: () => "https://example.com",
  AlphaSender: () => "Parcels",
  "Configuration.Filters": () => "onMessageSent",
  "Configuration.Triggers": () => "help",
  "Configuration.Method": () => "POST",
  Sandbox: () => "false",
  Channel: (random, known) =>
    JSON.stringify({
      type: random.pick(["sms", "web", "voice"]),
      initiated_by: random.pick(["customer", "agent", "api"]),
      properties: { media_channel_sid: known.sid("CH") },
      participants: random.chance(0.5) ? [{ address: "+14155550160", proxy_address: "+14155550142" }] : [],
    }),
  Routing: (random, known) =>
    JSON.stringify({
      status: random.pick(["wrapup", "closed"]),
      properties: {
        workspace_sid: known.sid("WS"),
        ...(random.chance(0.5) ? { workflow_sid: known.sid("WW") } : { worker_sid: known.sid("WK") }),
      },
    }),
  MediaProperties: (random) => JSON.stringify({ identity: `visitor${random.between(0, 1000)}` }),
  RoutingProperties: () => "{}",
  AddressSid: (_, known) => known.sid("IG"),
};

/** A value that a parameter may well take. */
export function plausible({ name, schema }: Parameter, random: Random, known: Known, path: string): string {
  const named = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (named !== undefined) return named(random, known, path) ?? "";
  const type = schema.type === "array" ? (schema.items ?? schema) : schema;
  if (type.enum !== undefined) return String(random.pick(type.enum));
  const [, prefix] = /^\^([A-Z]{2})/.exec(type.pattern ?? "") ?? [];
  if (prefix !== undefined || name.endsWith("Sid"))
    return known.sid(prefix ?? sidPrefix(name), path) ?? `${prefix ?? "XX"}${"0".repeat(32)}`;
  if (type.type === "boolean") return random.pick(["true", "false"]);
  if (type.type === "integer")
    return String(random.between(type.minimum ?? 0, Math.min(type.maximum ?? 3, (type.minimum ?? 0) + 3)));
  if (type.format === "uri" || name.endsWith("Url")) return callback;
  if (type.format === "date-time") return "2024-01-01T00:00:00Z";
  if (name.endsWith("Method")) return "POST";
  return `f${random.between(0, 1e6)}`;
}

/** For SIDs whose documents have no pattern. */
function sidPrefix(name: string): string {
  const prefixes: Readonly<Record<string, string>> = {
    WorkflowSid: "WW",
    ChatServiceSid: "IS",
    ChatInstanceSid: "IS",
    FlexFlowSid: "FO",
    RoleSid: "RL",
    Sid: "PN",
    "Integration.FlowSid": "FW",
    "Configuration.FlowSid": "FW",
    ConfigurationId: "FJ",
  };
  return prefixes[name] ?? "XX";
}
