import { ExpressionError, parseExpression } from "../routing/index.ts";
import { withoutCredentials } from "./credential.ts";
import { checkConversations } from "./check-conversations.ts";
import { checkMessageHandling } from "./check-message-handling.ts";
import { checkReference, checkUnique, flexTaskChannels, taskChannels, type Context } from "./context.ts";
import type { Problem } from "./problem.ts";
import type { Config } from "./schema.ts";

/** What the checks need to know of the stack besides its own configuration. */
export interface Surroundings {
  /** `twilio:accountSid`, when the stack pins one. */
  accountSid: string | undefined;
  /** `twilio:endpoint`, when the stack talks to something else than Twilio. */
  endpoint: string | undefined;
}

/** What the example stacks carry in the place of an account; Twilio never gives it out. */
export const exampleAccountSid = "AC00000000000000000000000000000000";

/** Activities the routing component declares where the configuration declares none. */
const givenActivities = ["Offline", "Available", "Unavailable"];

/** What the schema can't see: references, duplicates, expressions, and settings that need one another. */
export function check(config: Config, surroundings: Surroundings): Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, problem: string, fix: string) =>
    problems.push({ key: `flex-messaging:${path}`, problem, fix });
  const context: Context = { config, report };
  checkAccount(surroundings, problems);
  checkRouting(context);
  checkRoles(context);
  checkConversations(context);
  checkMessagingFlow(context);
  checkMessageHandling(context);
  checkFlexConfiguration(context);
  checkPlugin(context);
  const isLocal = isLoopback(surroundings.endpoint);
  checkPluginHandler(context, isLocal);
  if (!isLocal) checkWebhooks("", config, context);
  return problems;
}

function checkAccount({ accountSid }: Surroundings, problems: Problem[]): void {
  if (accountSid !== exampleAccountSid) return;
  problems.push({
    key: "twilio:accountSid",
    problem: `is still the example value ${exampleAccountSid}`,
    fix: "set the SID of your Twilio account, so that this stack can't act on another one",
  });
}

function checkRouting(context: Context): void {
  const { routing } = context.config;
  const activities = activityKeys(context.config);
  for (const name of ["defaultActivity", "timeoutActivity"] as const)
    checkReference(context, `routing.${name}`, routing[name], activities, "activity");

  checkUnique(context, "routing.activities", routing.activities ?? {}, "friendlyName");
  checkUnique(context, "routing.queues", routing.queues, "friendlyName");
  checkUnique(context, "routing.workflows", routing.workflows, "friendlyName");
  for (const [key, worker] of Object.entries(routing.workers ?? {})) {
    checkReference(context, `routing.workers.${key}.activity`, worker.activity, activities, "activity");
    checkAttributes(context, key, worker);
  }
  checkUnique(context, "routing.workers", routing.workers ?? {}, "friendlyName");
  for (const [key, queue] of Object.entries(routing.queues))
    checkExpression(context, `routing.queues.${key}.targetWorkers`, queue.targetWorkers);
  for (const key of Object.keys(routing.workflows)) checkWorkflow(context, key);
}

/** Characters that Twilio takes of a worker's attributes. */
const longestAttributes = 4096;

/** Levels of them that are sure to arrive. */
const deepestAttributes = 200;

/** As the routing component puts them together. */
function checkAttributes(
  { report }: Context,
  key: string,
  { attributes, contactUri, skills = [] }: NonNullable<Config["routing"]["workers"]>[string],
): void {
  const all = { ...attributes, contact_uri: contactUri ?? `client:${key}`, routing: { skills } };
  if (isDeeperThan(all, deepestAttributes))
    report(
      `routing.workers.${key}.attributes`,
      `are nested more than ${deepestAttributes} levels deep`,
      "make them flatter",
    );
  const { length } = JSON.stringify(all);
  if (length <= longestAttributes) return;
  report(
    `routing.workers.${key}.attributes`,
    `come to ${length} characters of JSON, with skills and contactUri`,
    `keep them to the ${longestAttributes} that Twilio takes of a worker: what routing needs`,
  );
}

function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}

function checkWorkflow(context: Context, key: string): void {
  const { routing } = context.config;
  const workflow = routing.workflows[key];
  if (workflow === undefined) return;
  const at = `routing.workflows.${key}`;
  const queue = (path: string, value: string | undefined) =>
    checkReference(context, `${at}.${path}`, value, Object.keys(routing.queues), "queue");

  queue("defaultQueue", workflow.defaultQueue);
  queue("targeted.queue", workflow.targeted?.queue);
  queue("targeted.overflow", workflow.targeted?.overflow);
  checkExpression(context, `${at}.targeted.skipIf`, workflow.targeted?.skipIf);

  if (!workflow.defaultQueue && !workflow.targeted && !workflow.filters?.length)
    context.report(at, "routes no task anywhere", "set filters, targeted or defaultQueue");

  workflow.filters?.forEach((filter, f) => {
    checkExpression(context, `${at}.filters[${f}].expression`, filter.expression);
    if (filter.targets[0]?.queue === undefined)
      context.report(
        `${at}.filters[${f}].targets[0].queue`,
        "is missing",
        "set the key of a queue; only later targets take over the queue before them",
      );
    filter.targets.forEach((target, t) => {
      const path = `filters[${f}].targets[${t}]`;
      queue(`${path}.queue`, target.queue);
      checkExpression(context, `${at}.${path}.expression`, target.expression);
      checkExpression(context, `${at}.${path}.skipIf`, target.skipIf);
    });
  });
}

function checkRoles(context: Context): void {
  const roles = context.config.chat?.roles ?? {};
  checkUnique(context, "chat.roles", roles, "friendlyName");
  for (const [key, role] of Object.entries(roles))
    if (key === "agent" || role.friendlyName === "agent")
      context.report(
        `chat.roles.${key}`,
        "is the agent role",
        "remove it: that role is always there, with exactly the permissions Flex needs",
      );
}

function checkMessagingFlow(context: Context): void {
  const { messagingFlow, routing } = context.config;
  const workflows = Object.keys(routing.workflows);
  const channels = taskChannels(context.config);
  checkReference(context, "messagingFlow.workflow", messagingFlow.workflow, workflows, "workflow");
  checkReference(context, "messagingFlow.taskChannel", messagingFlow.taskChannel, channels, "task channel");

  for (const [found, replacement] of Object.entries(messagingFlow.substitutions ?? {})) {
    const path = `messagingFlow.substitutions.${found}`;
    const [, kind, key] = /^(workflows|taskChannels)\.(.+)$/.exec(replacement) ?? [];
    if (kind === "workflows") checkReference(context, path, key, workflows, "workflow");
    else if (kind === "taskChannels") checkReference(context, path, key, channels, "task channel");
    else if (!/^[A-Z]{2}[0-9a-f]{32}$/.test(replacement))
      context.report(path, `is "${replacement}"`, "set workflows.<key>, taskChannels.<key> or a SID");
  }
}

function checkFlexConfiguration({ config, report }: Context): void {
  const { flexConfiguration: flex, routing } = config;
  const context = { config, report };
  const workflows = Object.keys(routing.workflows);
  const queues = Object.keys(routing.queues);
  const activities = activityKeys(config);
  checkReference(context, "flexConfiguration.targetWorkflow", flex?.targetWorkflow, workflows, "workflow");
  checkReference(context, "flexConfiguration.targetQueue", flex?.targetQueue, queues, "queue");
  checkReference(context, "flexConfiguration.offlineActivity", flex?.offlineActivity, activities, "activity");
}

function checkPlugin(context: Context): void {
  const { messageHandling, plugin } = context.config;
  if (plugin === undefined) return;
  const declared = taskChannels(context.config);
  plugin.autoAccept?.taskChannels?.forEach((key, index) =>
    checkReference(context, `plugin.autoAccept.taskChannels[${index}]`, key, declared, "task channel"),
  );
  const custom = declared.filter((key) => !flexTaskChannels.includes(key));
  for (const key of Object.keys(plugin.taskChannels ?? {}))
    checkReference(context, `plugin.taskChannels.${key}`, key, custom, "custom task channel");
  checkUnique(context, "plugin.taskChannels", plugin.taskChannels ?? {}, "channelType");

  const kinds = new Set(
    Object.values(messageHandling.numbers).map(({ kind }) => kind ?? messageHandling.kind),
  );
  if (kinds.size > 1 && custom.length === 0)
    context.report(
      "plugin",
      "can't tell the tasks of custom numbers from those of Flex",
      "declare a task channel for them under routing.taskChannels, or give all numbers one kind",
    );
}

/** The plugin sends agents' tokens there, and refuses what does not keep them safe; also on the local Twilio. */
function checkPluginHandler({ config, report }: Context, isLocal: boolean): void {
  const handlerUrl = config.plugin?.orchestration?.handlerUrl;
  if (handlerUrl === undefined) return;
  const path = "plugin.orchestration.handlerUrl";
  const { protocol, username, password } = new URL(handlerUrl);
  if (username !== "" || password !== "")
    report(
      path,
      "has a user or password in it, which every agent could read",
      "take it out: the handler knows agents by their Flex token",
    );
  // Where the stack is at Twilio, no address can be http.
  else if (isLocal && protocol === "http:" && !isLoopback(handlerUrl))
    report(path, `is ${handlerUrl}`, "use https, or http on this machine: it gets agents' Flex tokens");
}

/** Twilio calls webhooks across the internet with message bodies in them. */
function checkWebhooks(path: string, value: unknown, context: Context): void {
  if (typeof value === "string") {
    if (/url$/i.test(path) && /^http:/i.test(value))
      context.report(
        path,
        `is ${withoutCredentials("url", value)}`,
        "use https: messages would cross the internet unencrypted",
      );
  } else if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value))
      checkWebhooks(path ? `${path}.${key}` : key, child, context);
  }
}

function checkExpression({ report }: Context, path: string, expression: string | undefined): void {
  if (expression === undefined) return;
  try {
    parseExpression(expression);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    // The message names the word that can't be there, which may be a part of a credential.
    const why = withoutCredentials("", expression) === expression ? error.message : "it holds a credential";
    report(path, `is ${expression}`, `correct the expression: ${why}`);
  }
}

const activityKeys = ({ routing }: Config): string[] =>
  routing.activities === undefined ? givenActivities : Object.keys(routing.activities);

/** Whether the endpoint is on this machine, where plain http is safe. */
export function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  const { hostname } = new URL(endpoint);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
