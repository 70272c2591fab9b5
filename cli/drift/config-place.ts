import { resources } from "../../provider/resources/index.ts";
import { configKey as nameOfKey } from "../adopt/names.ts";
import { holdsSecret, isObject, parsedJson } from "../changes/property-value.ts";
import type { Finding } from "./finding.ts";
import { workflowPlaces } from "./workflow-place.ts";

/** A setting below `flex-messaging:`, and the value that makes the stack say what the account has; undefined removes it. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** What a place in the configuration can be found with. */
export interface ConfigContext {
  /** `flex-messaging:*` as the stack's file has it, without the namespace. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The key in the configuration of the resource of this type with this SID. */
  keyOf(type: string, sid: unknown): string | undefined;
}

type Edits = (value: unknown, context: ConfigContext, key: string) => readonly Edit[] | undefined;

/** Where the program takes a kind of resource from, by the names that the components of this project give. */
interface Place {
  readonly type: string;
  /** Matches the resource's name; its group is the key in the configuration. */
  readonly name: RegExp;
  /** Undefined where the configuration that is used has no such place. */
  path(key: string, config: ConfigContext["config"]): readonly string[] | undefined;
  /** Inputs by name, with the setting's name where it is another, or how the value is written there. */
  readonly properties: Readonly<Record<string, string | Edits>>;
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

const places: readonly Place[] = [
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

/** The key in the configuration of a resource with this type and name. */
export function configKey(type: string, name: string): string | undefined {
  return places.find((place) => place.type === type && place.name.test(name))?.name.exec(name)?.[1];
}

/**
 * What to write into the configuration so that the stack says what the account has. Undefined where the configuration
 * has no word for it: then the program says it.
 */
export function editsFor(finding: Finding, context: ConfigContext): Edit[] | undefined {
  const { type, name, kind, property } = finding;
  // The file is in the repository.
  if (holdsSecret(finding.account)) return undefined;
  for (const place of places) {
    const key = place.type === type ? place.name.exec(name)?.[1] : undefined;
    if (key === undefined) continue;
    const path = place.path(key, context.config);
    if (path === undefined || valueAt(context.config, path) === undefined) continue;
    if (kind === "deleted") return place.entry ? [{ path, value: undefined }] : undefined;
    const how = property === undefined ? undefined : place.properties[property];
    if (how === undefined) continue;
    const found =
      typeof how === "string"
        ? [{ path: [how], value: finding.account }]
        : how(finding.account, context, key);
    return found?.flatMap((edit) => {
      const at = [...path, ...edit.path];
      return smallestEdits(at, valueAt(context.config, at), edit.value);
    });
  }
  return undefined;
}

/**
 * The entry that takes an unmanaged resource into the configuration: the components take over what is there by the
 * same name. Undefined where the configuration has no such list.
 */
export function entryFor(finding: Finding, context: ConfigContext): Edit | undefined {
  const place = places.find(({ type, entry }) => entry && type === finding.type);
  const list = place?.path("", context.config)?.slice(0, -1);
  const there = list && valueAt(context.config, list);
  if (place === undefined || list === undefined || !isObject(there) || !isObject(finding.account))
    return undefined;
  const { account } = finding;
  const { uniqueName } = account;
  // The unique name of a task channel is its key, so it has to be able to be one.
  if (typeof uniqueName === "string" && !/^[A-Za-z][\w-]{0,63}$/.test(uniqueName)) return undefined;
  const taken = new Set(Object.keys(there));
  const key = typeof uniqueName === "string" ? uniqueName : nameOfKey(finding.title, "entry", taken);
  const settings = Object.entries(place.properties).map(([property, how]): readonly Edit[] | undefined => {
    const value = account[property];
    if (value == null || value === "" || isDefault(finding.type, property, value)) return [];
    return typeof how === "string" ? [{ path: [how], value }] : how(value, context, key);
  });
  if (key in there || settings.includes(undefined)) return undefined;
  const entries = settings.flatMap((edits) => edits ?? []).filter(({ value }) => value !== undefined);
  return {
    path: [...list, key],
    value: Object.fromEntries(entries.map(({ path, value }) => [path[0], value])),
  };
}

/** Whether the configuration can leave it out; it always says whether an activity is available. */
function isDefault(type: string, property: string, value: unknown): boolean {
  if (property === "available") return false;
  const field = resources.find(({ token }) => token === type)?.inputs[property];
  return field !== undefined && "default" in field && field.default === value;
}

/** What stands at a path of the configuration. */
export function valueAt(config: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    config,
  );
}

/** Only what differs, so that the rest of the file stays as somebody wrote it. */
function smallestEdits(path: Edit["path"], from: unknown, to: unknown): Edit[] {
  if (from === to) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return to.flatMap((item, index) => smallestEdits([...path, index], from[index], item));
  }
  if (isObject(from) && isObject(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => smallestEdits([...path, key], from[key], to[key]));
  }
  return [{ path, value: to }];
}

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
