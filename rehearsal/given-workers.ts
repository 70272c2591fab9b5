import { z } from "zod";
import type { JsonObject, RoutingWorker } from "../routing/index.ts";
import { RehearsalError } from "./rehearsal-error.ts";
import type { InWorkspace, RoutingSetup } from "./routing-setup.ts";
import { sidOf } from "./sid-of.ts";
import { newWorkerChannels } from "./worker-channels.ts";

const channel = z.strictObject({
  capacity: z.int().min(0).default(1),
  tasks: z.int().min(0).default(0),
  available: z.boolean().default(true),
});

const worker = z.strictObject({
  friendlyName: z.string().min(1).optional(),
  contactUri: z.string().optional(),
  skills: z.array(z.string()).optional(),
  activity: z.string().optional(),
  attributes: z.record(z.string(), z.json()).optional(),
  channels: z.record(z.string(), channel).optional(),
});

const workers = z.record(z.string(), worker);

/**
 * Workers for a rehearsal by name, in the terms in which a stack declares its own: `contactUri` is `client:NAME`
 * and `activity` the first available one where they are not given. `channels` says by the unique name of a task
 * channel how many tasks fit (1), how many there are (0), and whether it is on (true). The first one has been idle
 * the longest.
 */
export type GivenWorkers = Readonly<Record<string, z.input<typeof worker>>>;

/**
 * A setup with these workers in the place of its own.
 *
 * @throws RehearsalError when they are no workers, or in an activity or a channel that is not there
 */
export function withWorkers(setup: RoutingSetup, given: unknown): RoutingSetup {
  const parsed = workers.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "the workers"}: ${message}`,
    );
    throw new RehearsalError(
      `These are no workers: ${problems.join("; ")}.`,
      "Give a map by name, e.g. { ann: { skills: [billing], activity: Available, channels: { sms: { capacity: 2 } } } }.",
    );
  }
  const workspaces = [...new Set(setup.workflows.map(({ workspaceSid }) => workspaceSid))];
  return {
    ...setup,
    workers: workspaces.flatMap((workspaceSid) =>
      Object.entries(parsed.data).map(([name, each], index) =>
        makeWorker(setup, { workspaceSid, name, index }, each),
      ),
    ),
  };
}

function makeWorker(
  setup: RoutingSetup,
  { workspaceSid, name, index }: InWorkspace & { name: string; index: number },
  given: z.output<typeof worker>,
): RoutingWorker & InWorkspace {
  const inWorkspace = (each: InWorkspace) => each.workspaceSid === workspaceSid;
  const activities = setup.activities.filter(inWorkspace);
  const activity =
    given.activity === undefined
      ? activities.find(({ available }) => available)
      : activities.find(({ friendlyName }) => friendlyName === given.activity);
  if (activity === undefined && given.activity !== undefined)
    throw new RehearsalError(
      `${name} is in the activity "${given.activity}", which is not there.`,
      `Choose one of ${activities.map(({ friendlyName }) => friendlyName).join(", ")}.`,
    );
  const taskChannels = setup.taskChannels.filter(inWorkspace);
  const channels = newWorkerChannels(taskChannels);
  for (const [channelName, { capacity, tasks, available }] of Object.entries(given.channels ?? {})) {
    if (channels[channelName] === undefined)
      throw new RehearsalError(
        `${name} has a task channel "${channelName}", which is not there.`,
        `Choose among ${Object.keys(channels).join(", ")}.`,
      );
    channels[channelName] = {
      available,
      configuredCapacity: capacity,
      assignedTasks: tasks,
      activeReservations: tasks,
    };
  }
  return {
    sid: sidOf(name),
    friendlyName: given.friendlyName ?? name,
    attributes: {
      ...(given.attributes as JsonObject | undefined),
      contact_uri:
        given.contactUri ?? (given.attributes?.["contact_uri"] as string | undefined) ?? `client:${name}`,
      ...(given.skills !== undefined && { routing: { skills: given.skills } }),
    },
    // A workspace without declared activities has those of every new one.
    activitySid: activity?.sid ?? sidOf("Available"),
    activityName: activity?.friendlyName ?? "Available",
    available: activity?.available ?? true,
    channels,
    idleSince: index,
    workspaceSid,
  };
}
