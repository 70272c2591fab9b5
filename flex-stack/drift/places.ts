import { isObject, parsedJson } from "../values/property-value.ts";
import { valueAt, type ConfigContext, type Edit } from "../config-files/edit.ts";
import { workflowPlaces } from "./workflow-place.ts";

type Edits = (value: unknown, context: ConfigContext, key: string) => readonly Edit[] | undefined;

/** Where the program takes a kind of resource from, by the names that the components of this project give. */
export interface Place {
  readonly type: string;
  /** Matches the resource's name; its group is the key in the configuration. */
  readonly name: RegExp;
  /** Undefined where the configuration that is used has no such place. */
  path(key: string, config: ConfigContext["config"]): readonly string[] | undefined;
  /** Inputs by name, with the setting's name where it is another, or how the value is written there. */
  readonly properties: Readonly<Record<string, string | Edits>>;
  /** The configuration may do without it: what it says then is written anew. */
  readonly optional?: boolean;
  /** An entry of its own, which goes when the resource is gone. */
  readonly entry?: boolean;
}

const same = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));

const keyed = (property: string, setting: string, type: string): Record<string, Edits> => ({
  [property]: (sid, { keyOf }) => {
    const key = keyOf(type, sid);
    return key === undefined ? undefined : [{ path: [setting], value: key }];
  },
});

const chatWebhooks = same(
  "preWebhookUrl",
  "postWebhookUrl",
  "webhookMethod",
  "webhookFilters",
  "preWebhookRetryCount",
  "postWebhookRetryCount",
);

/** A queue of one skill, as the components write it. */
const oneSkill = /^routing\.skills HAS "([^"'\\]{1,64})"$/;

/** Every place that the configuration has. */
export const places: readonly Place[] = [
  {
    type: "twilio:taskrouter:Workspace",
    name: /-routing-workspace()$/,
    path: () => ["routing", "workspace"],
    properties: same("friendlyName", "eventCallbackUrl", "eventsFilter", "prioritizeQueueOrder"),
  },
  {
    type: "twilio:taskrouter:WorkspaceSettings",
    name: /-routing-workspace-settings()$/,
    path: () => ["routing"],
    properties: {
      ...keyed("defaultActivitySid", "defaultActivity", "twilio:taskrouter:Activity"),
      ...keyed("timeoutActivitySid", "timeoutActivity", "twilio:taskrouter:Activity"),
    },
  },
  {
    type: "twilio:taskrouter:Activity",
    name: /-routing-activity-(.+)$/,
    path: (key) => ["routing", "activities", key],
    properties: same("friendlyName", "available"),
    entry: true,
  },
  {
    type: "twilio:taskrouter:TaskChannel",
    name: /-routing-channel-(.+)$/,
    path: (key) => ["routing", "taskChannels", key],
    properties: same("friendlyName", "channelOptimizedRouting"),
    entry: true,
  },
  {
    type: "twilio:taskrouter:TaskQueue",
    name: /-routing-queue-(.+)$/,
    path: (key) => ["routing", "queues", key],
    properties: {
      ...same("friendlyName", "maxReservedWorkers", "taskOrder"),
      targetWorkers: (expression) => {
        const skill = typeof expression === "string" ? oneSkill.exec(expression)?.[1] : undefined;
        return [
          { path: ["skill"], value: skill },
          { path: ["targetWorkers"], value: skill === undefined ? expression : undefined },
        ];
      },
    },
    entry: true,
  },
  {
    type: "twilio:taskrouter:Workflow",
    name: /-routing-workflow-(.+)$/,
    path: (key) => ["routing", "workflows", key],
    properties: {
      ...same(
        "friendlyName",
        "taskReservationTimeout",
        "assignmentCallbackUrl",
        "fallbackAssignmentCallbackUrl",
      ),
      configuration: workflowPlaces,
    },
    entry: true,
  },
  {
    type: "twilio:taskrouter:Worker",
    name: /-routing-worker-(.+)$/,
    path: (key) => ["routing", "workers", key],
    properties: {
      ...same("friendlyName"),
      ...keyed("activitySid", "activity", "twilio:taskrouter:Activity"),
      attributes: workerAttributes,
    },
    entry: true,
  },
  {
    type: "twilio:chat:Service",
    name: /-chat-service()$/,
    path: () => ["chat"],
    properties: {
      ...same("friendlyName"),
      limits: (limits) =>
        Object.entries(isObject(limits) ? limits : {}).map(([name, value]) => ({
          path: ["limits", name],
          value,
        })),
    },
  },
  {
    type: "twilio:chat:Service",
    name: /-chat-service()$/,
    path: (_, config) => (handlerHears(config) ? ["messageHandling", "handler", "chat"] : ["chat"]),
    properties: chatWebhooks,
  },
  {
    type: "twilio:chat:Role",
    // The agent role's permissions are fixed: Flex does not work with others.
    name: /-chat-role-(?!agent$)(.+)$/,
    path: (key) => ["chat", "roles", key],
    properties: same("friendlyName", "type", "permissions"),
    entry: true,
  },
  {
    type: "twilio:proxy:Service",
    name: /-proxy-service()$/,
    path: () => ["proxy"],
    properties: same(
      "uniqueName",
      "defaultTtl",
      "geoMatchLevel",
      "numberSelectionBehavior",
      "callbackUrl",
      "interceptCallbackUrl",
      "outOfSessionCallbackUrl",
    ),
  },
  {
    type: "twilio:conversations:Service",
    name: /-chat-service()$/,
    path: () => ["conversations"],
    optional: true,
    properties: {
      friendlyName: (value) => [{ path: ["service", "friendlyName"], value }],
    },
  },
  {
    type: "twilio:conversations:ServiceConfiguration",
    name: /-conversations-service()$/,
    path: () => ["conversations"],
    properties: same("reachabilityEnabled"),
  },
  {
    type: "twilio:conversations:Configuration",
    name: /-conversations-configuration()$/,
    path: () => ["conversations"],
    optional: true,
    properties: same("defaultInactiveTimer", "defaultClosedTimer"),
  },
  {
    type: "twilio:conversations:ServiceWebhooks",
    name: /-conversations-webhooks()$/,
    path: () => ["conversations", "webhooks"],
    properties: same("preWebhookUrl", "postWebhookUrl", "method", "filters"),
  },
  {
    type: "twilio:conversations:Role",
    name: /-conversations-role-(.+)$/,
    path: (key) => ["conversations", "roles", key],
    properties: same("friendlyName", "type", "permissions"),
    entry: true,
  },
  {
    type: "twilio:studio:Flow",
    name: /-messaging-flow()$/,
    path: () => ["messagingFlow"],
    properties: same("friendlyName"),
  },
  {
    type: "twilio:api:IncomingPhoneNumber",
    name: /-number-(.+)-number$/,
    path: (key) => ["messageHandling", "numbers", key],
    properties: same("friendlyName"),
    entry: true,
  },
  {
    type: "twilio:api:IncomingPhoneNumber",
    name: /-number-(.+)-number$/,
    path: (key, config) => (isCustom(config, key) ? ["messageHandling", "handler"] : undefined),
    properties: same("smsUrl", "smsMethod", "smsFallbackUrl", "smsFallbackMethod"),
  },
  {
    type: "twilio:flex:FlexFlow",
    name: /-number-(.+)-flex-flow$/,
    path: () => ["messageHandling"],
    properties: same("longLived", "janitorEnabled"),
  },
  {
    type: "twilio:flex:FlexFlow",
    name: /-number-(.+)-flex-flow$/,
    path: (key) => ["messageHandling", "numbers", key],
    properties: { friendlyName: "flexFlowName" },
  },
  {
    type: "twilio:conversations:Address",
    name: /-number-(.+)-address$/,
    path: (key) => ["messageHandling", "numbers", key],
    properties: {
      friendlyName: (name) => [{ path: ["addressName"], value: name ?? "" }],
      autoCreation: addressIntegration,
    },
  },
  {
    type: "twilio:flex:Configuration",
    name: /-configuration()$/,
    path: () => ["flexConfiguration"],
    properties: {
      ...keyed("taskrouterTargetWorkflowSid", "targetWorkflow", "twilio:taskrouter:Workflow"),
      ...keyed("taskrouterTargetTaskqueueSid", "targetQueue", "twilio:taskrouter:TaskQueue"),
      ...keyed("taskrouterOfflineActivitySid", "offlineActivity", "twilio:taskrouter:Activity"),
    },
  },
];

/** What the components make of a worker's skills, address and further attributes, taken apart again. */
function workerAttributes(value: unknown, _: ConfigContext, key: string): Edit[] | undefined {
  const attributes = parsedJson(value);
  if (!isObject(attributes)) return undefined;
  const { contact_uri: contactUri, routing, ...rest } = attributes;
  const skills =
    isObject(routing) && Object.keys(routing).join() === "skills" ? routing["skills"] : undefined;
  if (skills === undefined) return undefined;
  return [
    { path: ["skills"], value: skills },
    { path: ["contactUri"], value: contactUri === `client:${key}` ? undefined : contactUri },
    { path: ["attributes"], value: Object.keys(rest).length > 0 ? rest : undefined },
  ];
}

/** What an Address does with a new conversation, as a number's integration; one that opens none has no word. */
function addressIntegration(
  value: unknown,
  { config, keyOf }: ConfigContext,
  key: string,
): Edit[] | undefined {
  if (!isObject(value) || value["enabled"] !== true) return undefined;
  // Where it opens them is the component's business, and Flex's service alone is right.
  const service = value["conversationServiceSid"];
  const services = ["twilio:chat:Service", "twilio:conversations:Service"];
  if (services.every((type) => keyOf(type, service) === undefined)) return undefined;
  const { webhookUrl: url, webhookMethod: method, webhookFilters: filters } = value;
  if (value["type"] === "webhook" && Array.isArray(filters) && filters.length > 0) {
    const own = typeof method === "string" ? { method: method.toUpperCase() } : {};
    return [{ path: ["integration"], value: { type: "webhook", url, ...own, filters } }];
  }
  if (value["type"] !== "studio" || keyOf("twilio:studio:Flow", value["studioFlowSid"]) === undefined)
    return undefined;
  const usual = valueAt(config, ["messageHandling", "integration", "type"]);
  const needed = usual === "webhook" || valueAt(config, ["messageHandling", "numbers", key, "integration"]);
  return needed ? [{ path: ["integration"], value: { type: "studio" } }] : [];
}

/** Whether the chat service calls the handler instead of the webhooks in `chat`. */
function handlerHears(config: ConfigContext["config"]): boolean {
  const numbers = valueAt(config, ["messageHandling", "numbers"]);
  const custom = isObject(numbers) && Object.keys(numbers).some((key) => isCustom(config, key));
  return custom && valueAt(config, ["messageHandling", "handler", "chat"]) !== undefined;
}

function isCustom(config: ConfigContext["config"], number: string): boolean {
  const own = valueAt(config, ["messageHandling", "numbers", number, "kind"]);
  return (own ?? valueAt(config, ["messageHandling", "kind"])) === "custom";
}
