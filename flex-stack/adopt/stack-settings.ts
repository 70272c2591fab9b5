import { isDeepStrictEqual } from "node:util";
import { partOf, problemsOf } from "./config-problems.ts";
import { Fit, requireOwnName, type Keyed } from "./fit.ts";
import { isOnConversations, type FoundAccount } from "./found-account.ts";
import { describe, textOf, type Found } from "./found.ts";
import { findMessages, type Messages } from "./find-messages.ts";
import { messageHandlingSettings, whyNoFlow } from "./message-settings.ts";
import { configKey } from "./names.ts";
import { otherDefaultService } from "./number-handling.ts";
import { keyOf, routingKeys, routingSettings, type RoutingKeys } from "./routing-settings.ts";
import { agentRole } from "../meaning/index.ts";

/** What stands in the configuration of a stack besides what is made here. */
export interface StackFacts {
  stack: string;
  accountSid: string;
  endpoint: string | undefined;
  protect: boolean;
  /** The project's own program reads `flex-messaging:*`. */
  readsConfiguration: boolean;
  /** Where the Studio flow's definition will be, from the project's folder. */
  definitionFile: string;
}

/** The configuration that declares an account, as far as it can. */
export interface StackSettings {
  /** `flex-messaging:*`, by key without that. Undefined where the components can't declare the account. */
  readonly values: Readonly<Record<string, unknown>> | undefined;
  /** Why they can't. */
  readonly obstacles: readonly string[];
  readonly fit: Fit;
  readonly keys: RoutingKeys;
  readonly roles: readonly Keyed[];
  readonly messages: Messages;
}

/**
 * Writes the configuration of an account, holds it against the configuration's own checks, leaves out what they
 * refuse, and starts again until they are content.
 */
export function stackSettings(account: FoundAccount, facts: StackFacts): StackSettings {
  const fit = new Fit();
  const keys = routingKeys(account);
  const roles = roleKeys(account);
  const messages = findMessages(account);
  const obstacles = facts.readsConfiguration
    ? obstaclesOf(account, messages)
    : ["the program of this project does not read flex-messaging:*"];
  const result = (values: StackSettings["values"]): StackSettings => ({
    values,
    obstacles,
    fit,
    keys,
    roles,
    messages,
  });
  while (obstacles.length === 0) {
    fit.restart();
    const left = fit.left.size;
    const values = compose(account, facts, { fit, keys, roles, messages });
    if (fit.left.size > left) continue;
    const problems = problemsOf(values, facts);
    if (problems.length === 0) {
      obstacles.push(...activityObstacles(account, keys, fit));
      if (obstacles.length === 0) return result(values);
    }
    const refused = new Map<string, string[]>();
    for (const { path, why } of problems) {
      const part = partOf(path);
      // What was left out before can't be left out again.
      if (part === undefined || fit.whyLeft(part) !== undefined) obstacles.push(`${path}: ${why}`);
      else refused.set(part, [...(refused.get(part) ?? []), why]);
    }
    // A part goes once, with everything that is wrong with it.
    for (const [part, whys] of refused) fit.leave(part, [...new Set(whys)].join("; "));
  }
  fit.restart();
  return result(undefined);
}

type Parts = Pick<StackSettings, "fit" | "keys" | "roles" | "messages">;

function compose(account: FoundAccount, facts: StackFacts, parts: Parts): Record<string, unknown> {
  const { fit, keys, messages } = parts;
  const flexConfiguration = flexConfigurationSettings(account, parts);
  return defined({
    protect: facts.protect,
    routing: routingSettings(account, keys, fit),
    ...(isOnConversations(account)
      ? {}
      : {
          chat: chatSettings(account, parts),
          proxy: serviceSettings(fit, "proxy", account.proxy, proxyProperties),
        }),
    conversations: conversationsSettings(account, parts),
    messagingFlow: messagingFlowSettings(account, facts, parts),
    messageHandling: messageHandlingSettings(account, messages, keys, fit),
    flexConfiguration,
  });
}

const chatProperties = [
  "friendlyName",
  "preWebhookUrl",
  "postWebhookUrl",
  "webhookMethod",
  "webhookFilters",
  "preWebhookRetryCount",
  "postWebhookRetryCount",
  "limits",
];
const proxyProperties = [
  "uniqueName",
  "defaultTtl",
  "geoMatchLevel",
  "numberSelectionBehavior",
  "callbackUrl",
  "interceptCallbackUrl",
  "outOfSessionCallbackUrl",
];

function serviceSettings(
  fit: Fit,
  path: string,
  service: Found | undefined,
  properties: readonly string[],
): object {
  if (service === undefined) return {};
  const kept = properties.filter((property) => fit.whyLeft(`${path}.${property}`) === undefined);
  fit.cover(service, [...kept, ...["chatInstanceSid", "limits.channelMembers", "limits.userChannels"]]);
  return fit.settings(path, service, properties);
}

const roleProperties = ["friendlyName", "type", "permissions"];

function chatSettings(account: FoundAccount, parts: Parts): object {
  coverAgent(account, parts.fit);
  return {
    ...serviceSettings(parts.fit, "chat", account.chat, chatProperties),
    roles: roleSettings(account, "chat.roles", parts),
  };
}

/** `flex-messaging:conversations`; undefined where the account has nothing of it that a stack would say. */
function conversationsSettings(account: FoundAccount, parts: Parts): object | undefined {
  const { chat, conversations } = account;
  const { fit, messages } = parts;
  const alone = isOnConversations(account);
  const { configuration, webhooks, service } = conversations;
  if (configuration === undefined || otherDefaultService(account) !== undefined) return undefined;
  const timers = fit.settings("conversations", configuration, ["defaultInactiveTimer", "defaultClosedTimer"]);
  const heard =
    webhooks && fit.whyLeft("conversations.webhooks") === undefined ? webhookSettings(webhooks) : {};
  const opens = messages.numbers.some(({ key, found }) => {
    const handling = messages.handling.get(found.sid);
    const left = fit.whyLeft(`messageHandling.numbers.${key}`) !== undefined;
    return !left && handling !== undefined && "kind" in handling && handling.kind === "conversations";
  });
  if (!alone && !opens && Object.keys({ ...timers, ...heard }).length === 0) return undefined;
  fit.cover(configuration, ["defaultChatServiceSid", ...Object.keys(timers)]);
  if (webhooks && Object.keys(heard).length > 0) fit.cover(webhooks, webhookProperties);
  if (alone) coverAgent(account, fit);
  if (alone && chat) fit.cover(chat, ["friendlyName"]);
  const reachable = alone && service?.inputs["reachabilityEnabled"] === true;
  if (alone && service) fit.cover(service, ["reachabilityEnabled"]);
  return {
    ...(alone && { service: { friendlyName: chat?.name } }),
    ...timers,
    // The component closes conversations unless it is told not to.
    ...(timers["defaultClosedTimer"] === undefined && { defaultClosedTimer: "none" }),
    ...(Object.keys(heard).length > 0 && { webhooks: heard }),
    ...(reachable && { reachabilityEnabled: true }),
    ...(alone && { roles: roleSettings(account, "conversations.roles", parts) }),
  };
}

const webhookProperties = ["preWebhookUrl", "postWebhookUrl", "method", "filters"];

/** Where nobody is called, nothing has to be said. */
function webhookSettings({ inputs }: Found): Record<string, unknown> {
  const urls = ["preWebhookUrl", "postWebhookUrl"].filter((name) => inputs[name]);
  if (urls.length === 0) return {};
  return Object.fromEntries(
    [...urls, "method", "filters"].filter((name) => inputs[name] != null).map((name) => [name, inputs[name]]),
  );
}

/** The agent role, which the components declare with the service. */
function coverAgent({ roles }: FoundAccount, fit: Fit): void {
  const agent = roles.find(isAgent);
  if (agent !== undefined) fit.cover(agent, roleProperties);
}

function roleSettings({ shared }: FoundAccount, path: string, { fit, roles }: Parts): object {
  return fit.entries(path, roles, roleProperties, (found, key) => {
    requireOwnName(found, shared);
    return fit.settings(`${path}.${key}`, found, roleProperties);
  });
}

function messagingFlowSettings(
  account: FoundAccount,
  { definitionFile }: StackFacts,
  { fit, keys, messages }: Parts,
): object {
  const { flow } = messages;
  if (flow === undefined) return {};
  fit.cover(flow, ["friendlyName", "status", "definition"]);
  const workflowKey = keyOf(fit, "routing.workflows", keys.workflows);
  const channelKey = keyOf(fit, "routing.taskChannels", keys.taskChannels);
  const sids = new Set(JSON.stringify(flow.inputs["definition"]).match(/\b(?:WW|TC)[0-9a-f]{32}\b/g));
  const substitutions = [...sids].map((sid) => {
    const workflow = workflowKey(sid);
    const channel = channelKey(sid);
    const reference =
      workflow !== undefined
        ? `workflows.${workflow}`
        : channel === undefined
          ? sid
          : `taskChannels.${channel}`;
    return [sid, reference];
  });
  return {
    friendlyName: flow.name,
    definitionFile,
    ...(substitutions.length > 0 && { substitutions: Object.fromEntries(substitutions) as object }),
  };
}

function flexConfigurationSettings(
  { configuration }: FoundAccount,
  { fit, keys }: Parts,
): Record<string, unknown> | undefined {
  const { response } = configuration;
  const settings = defined({
    targetWorkflow: keyOf(fit, "routing.workflows", keys.workflows)(response["taskrouterTargetWorkflowSid"]),
    targetQueue: keyOf(fit, "routing.queues", keys.queues)(response["taskrouterTargetTaskqueueSid"]),
    offlineActivity: keyOf(
      fit,
      "routing.activities",
      keys.activities,
    )(response["taskrouterOfflineActivitySid"]),
  });
  if (Object.keys(settings).length === 0) return undefined;
  fit.cover(configuration, []);
  return settings;
}

/** What the components always declare, and can't declare as it is. */
function obstaclesOf(account: FoundAccount, messages: Messages): string[] {
  const { workspace, chat, proxy, roles, shared } = account;
  const obstacles: (string | undefined)[] = [];
  if (shared.has(workspace.id)) obstacles.push(`others have the same name as ${describe(workspace)}`);
  const alone = isOnConversations(account);
  if (alone) obstacles.push(otherDefaultService(account));
  if (chat === undefined) obstacles.push("the Flex Configuration names no chat service that is there");
  else {
    if (shared.has(chat.id)) obstacles.push(`others have the same name as ${describe(chat)}`);
    if (proxy === undefined && !alone) obstacles.push(`no Proxy service is linked to ${describe(chat)}`);
    const agent = roles.find(isAgent);
    if (agent === undefined) obstacles.push(`${describe(chat)} has no role "agent"`);
    else {
      if (shared.has(agent.id)) obstacles.push(`${describe(chat)} has several roles "agent"`);
      const permissions = [...((agent.response["permissions"] ?? []) as string[])].sort();
      if (
        agent.response["type"] !== (alone ? "conversation" : "channel") ||
        !isDeepStrictEqual(
          permissions,
          [...(alone ? agentRole.conversationPermissions : agentRole.permissions)].sort(),
        )
      )
        obstacles.push(`${describe(agent)} does not have exactly the permissions that Flex needs`);
    }
  }
  obstacles.push(whyNoFlow(messages, account));
  return obstacles.filter((obstacle) => obstacle !== undefined);
}

/** The component points the workspace at activities that it declares. */
function activityObstacles({ settings }: FoundAccount, { activities }: RoutingKeys, fit: Fit): string[] {
  const key = keyOf(fit, "routing.activities", activities);
  return ["defaultActivitySid", "timeoutActivitySid"].flatMap((property) =>
    key(settings.response[property]) === undefined
      ? [`the workspace's ${property} is an activity that the configuration can't declare`]
      : [],
  );
}

function isAgent({ name }: Found): boolean {
  return name === agentRole.friendlyName;
}

function roleKeys({ roles }: FoundAccount): Keyed[] {
  const taken = new Set(["agent"]);
  return roles
    .filter((role) => !isAgent(role))
    .map((found) => ({ key: configKey(textOf(found.response, "friendlyName"), "role", taken), found }));
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
