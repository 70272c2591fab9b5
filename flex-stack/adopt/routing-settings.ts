import { Inexpressible, requireOwnName, type Fit, type Keyed } from "./fit.ts";
import type { FoundAccount } from "./found-account.ts";
import { textOf, type Found } from "./found.ts";
import { configKey, sameOrKey } from "./names.ts";
import { workflowRules } from "./workflow-settings.ts";

/** Keys of what is in a workspace. */
export interface RoutingKeys {
  readonly activities: readonly Keyed[];
  readonly taskChannels: readonly Keyed[];
  readonly queues: readonly Keyed[];
  readonly workflows: readonly Keyed[];
}

/** Gives everything in the workspace a key, made of its name. */
export function routingKeys(account: FoundAccount): RoutingKeys {
  const keyed = (resources: readonly Found[], key: (found: Found, taken: Set<string>) => string) => {
    const taken = new Set<string>();
    return resources.map((found) => ({ key: key(found, taken), found }));
  };
  return {
    activities: keyed(account.activities, ({ name }, taken) => sameOrKey(name, "activity", taken)),
    taskChannels: keyed(account.taskChannels, ({ response }, taken) =>
      sameOrKey(textOf(response, "uniqueName"), "channel", taken),
    ),
    queues: keyed(account.queues, ({ name }, taken) => configKey(name, "queue", taken)),
    workflows: keyed(account.workflows, ({ name }, taken) => configKey(name, "workflow", taken)),
  };
}

/** The key of what has a SID, where it is in the configuration. */
export function keyOf(
  fit: Fit,
  path: string,
  resources: readonly Keyed[],
): (sid: unknown) => string | undefined {
  const keys = new Map(resources.map(({ key, found }) => [found.sid, key]));
  return (sid) => {
    const key = typeof sid === "string" ? keys.get(sid) : undefined;
    return key === undefined || fit.whyLeft(`${path}.${key}`) !== undefined ? undefined : key;
  };
}

/** `flex-messaging:routing` */
export function routingSettings(account: FoundAccount, keys: RoutingKeys, fit: Fit): object {
  const { shared, workspace, settings } = account;
  const workspaceSettings = ["friendlyName", "eventCallbackUrl", "eventsFilter", "prioritizeQueueOrder"];
  fit.cover(
    workspace,
    workspaceSettings.filter((name) => fit.whyLeft(`routing.workspace.${name}`) === undefined),
  );
  const activities = fit.entries(
    "routing.activities",
    keys.activities,
    ["friendlyName", "available"],
    (found, key) => {
      requireOwnName(found, shared);
      return {
        ...(found.name === key ? {} : { friendlyName: found.name }),
        available: found.response["available"] === true,
      };
    },
  );
  const activityKey = keyOf(fit, "routing.activities", keys.activities);
  const startsIn = activityKey(settings.response["defaultActivitySid"]);
  const timesOutTo = activityKey(settings.response["timeoutActivitySid"]);
  if (startsIn !== undefined && timesOutTo !== undefined)
    fit.cover(settings, ["defaultActivitySid", "timeoutActivitySid"]);
  return {
    workspace: fit.settings("routing.workspace", workspace, workspaceSettings),
    activities,
    defaultActivity: startsIn,
    timeoutActivity: timesOutTo,
    taskChannels: taskChannelSettings(keys, fit),
    queues: queueSettings(account, keys, fit),
    workflows: workflowSettings(account, keys, fit),
  };
}

function taskChannelSettings({ taskChannels }: RoutingKeys, fit: Fit): object {
  const properties = ["friendlyName", "channelOptimizedRouting"];
  return fit.entries("routing.taskChannels", taskChannels, [...properties, "uniqueName"], (found, key) => {
    const uniqueName = textOf(found.response, "uniqueName");
    if (uniqueName !== key)
      throw new Inexpressible(`its unique name ${JSON.stringify(uniqueName)} can't be a key`);
    return fit.settings(`routing.taskChannels.${key}`, found, properties);
  });
}

/** What a queue of one skill looks like. */
const oneSkill = /^routing\.skills HAS "([^"'\\]{1,64})"$/;

function queueSettings({ shared }: FoundAccount, { queues }: RoutingKeys, fit: Fit): object {
  const properties = ["friendlyName", "targetWorkers", "maxReservedWorkers", "taskOrder"];
  return fit.entries("routing.queues", queues, properties, (found, key) => {
    requireOwnName(found, shared);
    const { targetWorkers, ...rest } = fit.settings(`routing.queues.${key}`, found, properties);
    if (typeof targetWorkers !== "string") return rest;
    const [, skill] = oneSkill.exec(targetWorkers) ?? [];
    return { ...rest, ...(skill === undefined ? { targetWorkers } : { skill }) };
  });
}

function workflowSettings({ shared }: FoundAccount, keys: RoutingKeys, fit: Fit): object {
  const properties = [
    "friendlyName",
    "taskReservationTimeout",
    "assignmentCallbackUrl",
    "fallbackAssignmentCallbackUrl",
  ];
  const queueKey = keyOf(fit, "routing.queues", keys.queues);
  return fit.entries("routing.workflows", keys.workflows, [...properties, "configuration"], (found, key) => {
    requireOwnName(found, shared);
    const what = found.withheld.get("configuration");
    if (what !== undefined) throw new Inexpressible(`it holds ${what}`);
    const { friendlyName, ...rest } = fit.settings(`routing.workflows.${key}`, found, properties);
    return { friendlyName, ...workflowRules(found.inputs["configuration"], queueKey), ...rest };
  });
}
