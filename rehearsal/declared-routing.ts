import type { JsonObject } from "../routing/index.ts";
import type { Declared } from "./record-program.ts";
import {
  entrancesOf,
  givenTaskChannels,
  type InWorkspace,
  type RoutingSetup,
  type SetupActivity,
} from "./routing-setup.ts";
import { sidOf } from "./sid-of.ts";
import { newWorkerChannels } from "./worker-channels.ts";

/**
 * The routing that a program declares. A queue it only looks up has the name it was looked up by, and every worker:
 * who serves it stands in the account alone.
 */
export function declaredRouting(declared: readonly Declared[]): RoutingSetup {
  const activities = of(declared, "Activity").map(({ name, inputs }) => ({
    sid: sidOf(name),
    friendlyName: text(inputs["friendlyName"]),
    available: inputs["available"] === true,
    ...workspace(inputs),
  }));
  const ownChannels = of(declared, "TaskChannel").map(({ name, inputs }) => ({
    sid: sidOf(name),
    uniqueName: text(inputs["uniqueName"]),
    ...workspace(inputs),
  }));
  const workspaces = [
    ...new Set([...of(declared, "Workflow"), ...of(declared, "TaskQueue")].map(workspaceOf)),
  ];
  const taskChannels = workspaces.flatMap((workspaceSid) => {
    const own = ownChannels.filter((channel) => channel.workspaceSid === workspaceSid);
    const given = givenTaskChannels
      .filter((uniqueName) => !own.some((channel) => channel.uniqueName === uniqueName))
      .map((uniqueName) => ({ sid: sidOf(uniqueName), uniqueName, workspaceSid }));
    return [...own, ...given];
  });
  return {
    workflows: of(declared, "Workflow").map(({ name, inputs }) => ({
      sid: sidOf(name),
      friendlyName: text(inputs["friendlyName"]),
      resource: name,
      configuration: inputs["configuration"],
      ...workspace(inputs),
    })),
    queues: of(declared, "TaskQueue").map(({ name, inputs }) => ({
      sid: sidOf(name),
      friendlyName: text(inputs["friendlyName"]),
      targetWorkers: inputs["targetWorkers"] as string | undefined,
      maxReservedWorkers: inputs["maxReservedWorkers"] as number | undefined,
      ...workspace(inputs),
    })),
    activities,
    taskChannels,
    workers: declaredWorkers(declared, activities, taskChannels),
    entrances: declared
      .filter(({ type }) => type === "twilio:studio:Flow")
      .flatMap(({ inputs }) => entrancesOf(inputs["definition"])),
  };
}

function declaredWorkers(
  declared: readonly Declared[],
  activities: readonly (SetupActivity & InWorkspace)[],
  taskChannels: RoutingSetup["taskChannels"],
): RoutingSetup["workers"] {
  const defaults = new Map(
    of(declared, "WorkspaceSettings").map(({ inputs }) => [
      workspaceOf({ inputs }),
      inputs["defaultActivitySid"],
    ]),
  );
  return of(declared, "Worker").map(({ name, inputs }) => {
    const workspaceSid = workspaceOf({ inputs });
    // Where nothing says which activity it is, a new worker is in Offline.
    const activitySid = text(inputs["activitySid"] ?? defaults.get(workspaceSid) ?? "");
    const activity = activities.find(({ sid }) => sid === activitySid);
    return {
      sid: sidOf(name),
      friendlyName: text(inputs["friendlyName"]),
      attributes: attributes(inputs["attributes"]),
      activitySid,
      activityName: activity?.friendlyName ?? "Offline",
      available: activity?.available ?? false,
      channels: newWorkerChannels(taskChannels.filter((channel) => channel.workspaceSid === workspaceSid)),
      idleSince: 0,
      workspaceSid,
    };
  });
}

/** Resources of this type of TaskRouter's, and those that a function of that name looked up. */
function of(declared: readonly Declared[], type: string): readonly Declared[] {
  const tokens = [`twilio:taskrouter:${type}`, `twilio:taskrouter:get${type}`];
  return declared.filter((each) => tokens.includes(each.type));
}

function workspaceOf({ inputs }: Pick<Declared, "inputs">): string {
  return text(inputs["workspaceSid"]);
}

function workspace(inputs: Declared["inputs"]): InWorkspace {
  return { workspaceSid: workspaceOf({ inputs }) };
}

function attributes(value: unknown): JsonObject {
  return (typeof value === "string" ? JSON.parse(value) : (value ?? {})) as JsonObject;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
