import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { mapValues, pick, sidsOf, type Keyed } from "../keyed.ts";
import { transformed, withDefaults, type Transform } from "../transform.ts";
import { targetedRouting, type TargetedRoutingArgs } from "./targeted-routing.ts";
import { workflowConfiguration, type WorkflowRules } from "./workflow-configuration.ts";

export interface WorkspaceArgs {
  /** Name of the workspace, 1 to 64 characters. @default "Flex Task Assignment", the one Flex made */
  friendlyName?: pulumi.Input<string>;
  /** Where Twilio posts the workspace's events. @default nowhere */
  eventCallbackUrl?: pulumi.Input<string>;
  /** Which events, e.g. `["task.created"]`. @default all of them */
  eventsFilter?: pulumi.Input<pulumi.Input<string>[]>;
  /** Which kind of queue comes first for a worker of both kinds: `FIFO` or `LIFO`. @default "FIFO" */
  prioritizeQueueOrder?: pulumi.Input<string>;
}

export interface ActivityArgs {
  /** Name agents see, 1 to 64 characters. @default the key */
  friendlyName?: pulumi.Input<string>;
  /** Whether workers in it are offered tasks. A change replaces the activity. */
  available: boolean;
}

export interface TaskChannelArgs {
  /** Name of the channel, 1 to 64 characters. Its unique name is the key. */
  friendlyName: pulumi.Input<string>;
  /** Whether workers with the most capacity left on this channel are preferred. @default false */
  channelOptimizedRouting?: pulumi.Input<boolean>;
}

export interface QueueArgs {
  /** Name of the queue, unique in the workspace. */
  friendlyName: pulumi.Input<string>;
  /** Skill its workers hold, e.g. `billing`: short for `routing.skills HAS "billing"`. */
  skill?: string;
  /** Which workers serve it, over worker attributes. Not together with `skill`. @default every worker */
  targetWorkers?: pulumi.Input<string>;
  /** Workers offered one task at the same time, 1 to 50. @default 1 */
  maxReservedWorkers?: pulumi.Input<number>;
  /** Which waiting task goes first: `FIFO` the oldest, `LIFO` the newest. @default "FIFO" */
  taskOrder?: pulumi.Input<string>;
}

export interface WorkflowArgs extends WorkflowRules {
  /** Name of the workflow, unique in the workspace. */
  friendlyName: pulumi.Input<string>;
  /** A first filter that sends tasks to the worker they name. @default tasks can't name a worker */
  targeted?: TargetedRoutingArgs;
  /** Seconds an agent has to accept a task, 1 to 86400. @default 120 */
  taskReservationTimeout?: pulumi.Input<number>;
  /** Where Twilio asks what to do with a reservation. @default nowhere: agents accept in Flex */
  assignmentCallbackUrl?: pulumi.Input<string>;
  /** Where Twilio asks when `assignmentCallbackUrl` fails. @default nowhere */
  fallbackAssignmentCallbackUrl?: pulumi.Input<string>;
}

/** A worker that the stack makes. Flex makes those of people who log in; this is for workers that nobody drives. */
export interface WorkerArgs {
  /** Name of the worker, unique in the workspace. @default the key */
  friendlyName?: pulumi.Input<string>;
  /** Where tasks for this worker are targeted at. @default `client:` and the key */
  contactUri?: string;
  /** What the worker can do, as queues ask for it. @default none */
  skills?: readonly string[];
  /** Key of the activity the worker is in. @default the workspace's default activity */
  activity?: string;
  /** Further attributes. @default none */
  attributes?: Keyed<unknown>;
}

export interface TaskRoutingArgs {
  /** The workspace; the one of that name is taken over. @default the one Flex made */
  workspace?: WorkspaceArgs;
  /** What workers can be doing, by key; keys are names unless `friendlyName` is set. @default Offline, Available, Unavailable */
  activities?: Keyed<ActivityArgs>;
  /** Key of the activity new workers start in. @default "Offline", where it is declared */
  defaultActivity?: string;
  /** Key of the activity of workers who let a reservation time out. @default `defaultActivity` */
  timeoutActivity?: string;
  /** Kinds of task, by unique name; Flex knows `default`, `voice`, `chat`, `sms`, `video`. @default none declared */
  taskChannels?: Keyed<TaskChannelArgs>;
  /** Queues, by key. */
  queues: Keyed<QueueArgs>;
  /** Workflows, by key. */
  workflows: Keyed<WorkflowArgs>;
  /** Workers that nobody logs in as, by key. @default none: Flex makes a worker for everyone who logs in */
  workers?: Keyed<WorkerArgs>;
  /** Refuse to delete or replace the workspace, which would delete everything in it. @default false */
  protect?: boolean;
  /** Changes children just before they are made. */
  transform?: {
    workspace?: Transform<twilio.taskrouter.WorkspaceArgs>;
    activity?: Transform<twilio.taskrouter.ActivityArgs>;
    taskChannel?: Transform<twilio.taskrouter.TaskChannelArgs>;
    queue?: Transform<twilio.taskrouter.TaskQueueArgs>;
    workflow?: Transform<twilio.taskrouter.WorkflowArgs>;
    worker?: Transform<twilio.taskrouter.WorkerArgs>;
  };
}

/** The activities that a workspace has from the start. */
const givenActivities: Keyed<ActivityArgs> = {
  Offline: { available: false },
  Available: { available: true },
  Unavailable: { available: false },
};

/**
 * How tasks reach agents: a workspace with its activities, task channels, queues and workflows.
 * What exists by the same name is taken over, so that nothing Flex made is made twice.
 *
 * @example
 * ```ts
 * new TaskRouting("routing", {
 *   queues: { billing: { friendlyName: "Billing", skill: "billing" }, everyone: { friendlyName: "Everyone" } },
 *   workflows: {
 *     inbound: {
 *       friendlyName: "Inbound",
 *       filters: [
 *         {
 *           friendlyName: "Billing",
 *           expression: 'skill == "billing"',
 *           targets: [{ queue: "billing", timeout: 120 }, { queue: "everyone" }],
 *         },
 *       ],
 *       defaultQueue: "everyone",
 *     },
 *   },
 * });
 * ```
 */
export class TaskRouting extends pulumi.ComponentResource {
  static readonly type = "flex-messaging:routing:TaskRouting";

  readonly workspaceSid: pulumi.Output<string>;
  /** SIDs by key. */
  readonly activitySids: pulumi.Output<Keyed<string>>;
  /** SIDs by unique name. */
  readonly taskChannelSids: pulumi.Output<Keyed<string>>;
  /** SIDs by key. */
  readonly queueSids: pulumi.Output<Keyed<string>>;
  /** SIDs by key. */
  readonly workflowSids: pulumi.Output<Keyed<string>>;

  readonly workspace: twilio.taskrouter.Workspace;
  readonly activities: Keyed<twilio.taskrouter.Activity>;
  readonly taskChannels: Keyed<twilio.taskrouter.TaskChannel>;
  readonly queues: Keyed<twilio.taskrouter.TaskQueue>;
  readonly workflows: Keyed<twilio.taskrouter.Workflow>;
  readonly workers: Keyed<twilio.taskrouter.Worker>;

  readonly #name: string;

  constructor(name: string, args: TaskRoutingArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TaskRouting.type, name, {}, opts);
    this.#name = name;
    const parent = { parent: this };
    const { transform } = args;

    this.workspace = new twilio.taskrouter.Workspace(
      `${name}-workspace`,
      transformed(
        withDefaults({ ...args.workspace }, { friendlyName: "Flex Task Assignment", adopt: true }),
        transform?.workspace,
        "workspace",
      ),
      { ...parent, protect: args.protect },
    );
    this.workspaceSid = this.workspace.sid;
    const common = { workspaceSid: this.workspaceSid, adopt: true };

    const activities = args.activities ?? givenActivities;
    this.activities = mapValues(
      activities,
      (activity, key) =>
        new twilio.taskrouter.Activity(
          `${name}-activity-${key}`,
          transformed(
            withDefaults({ ...common, ...activity }, { friendlyName: key }),
            transform?.activity,
            key,
          ),
          parent,
        ),
    );
    this.#settings(name, args);

    this.taskChannels = mapValues(
      args.taskChannels ?? {},
      (channel, key) =>
        new twilio.taskrouter.TaskChannel(
          `${name}-channel-${key}`,
          transformed({ ...common, uniqueName: key, ...channel }, transform?.taskChannel, key),
          parent,
        ),
    );
    this.queues = mapValues(
      args.queues,
      ({ skill, targetWorkers, ...queue }, key) =>
        new twilio.taskrouter.TaskQueue(
          `${name}-queue-${key}`,
          transformed(
            {
              ...common,
              ...queue,
              targetWorkers: skill === undefined ? targetWorkers : `routing.skills HAS "${skill}"`,
            },
            transform?.queue,
            key,
          ),
          parent,
        ),
    );
    const queueSids = mapValues(this.queues, (queue) => queue.sid);
    this.workflows = mapValues(
      args.workflows,
      ({ targeted, filters = [], defaultQueue, ...workflow }, key) =>
        new twilio.taskrouter.Workflow(
          `${name}-workflow-${key}`,
          transformed(
            {
              ...common,
              ...workflow,
              configuration: workflowConfiguration(
                { filters: targeted ? [targetedRouting(targeted), ...filters] : filters, defaultQueue },
                queueSids,
                name,
              ),
            },
            transform?.workflow,
            key,
          ),
          parent,
        ),
    );

    this.workers = mapValues(
      args.workers ?? {},
      ({ skills = [], contactUri, activity, attributes, ...worker }, key) =>
        new twilio.taskrouter.Worker(
          `${name}-worker-${key}`,
          transformed(
            withDefaults(
              {
                ...common,
                ...worker,
                activitySid: activity === undefined ? undefined : this.activity(activity).sid,
                attributes: {
                  ...attributes,
                  contact_uri: contactUri ?? `client:${key}`,
                  routing: { skills: [...skills] },
                },
              },
              { friendlyName: key },
            ),
            transform?.worker,
            key,
          ),
          parent,
        ),
    );

    this.activitySids = sidsOf(this.activities);
    this.taskChannelSids = sidsOf(this.taskChannels);
    this.queueSids = sidsOf(this.queues);
    this.workflowSids = sidsOf(this.workflows);
    this.registerOutputs({
      workspaceSid: this.workspaceSid,
      activitySids: this.activitySids,
      taskChannelSids: this.taskChannelSids,
      queueSids: this.queueSids,
      workflowSids: this.workflowSids,
    });
  }

  /** The activity of that key; an error where none is declared. */
  activity(key: string): twilio.taskrouter.Activity {
    return pick(this.activities, key, "activity", this.#name);
  }

  /** The task channel of that unique name; an error where none is declared. */
  taskChannel(uniqueName: string): twilio.taskrouter.TaskChannel {
    return pick(this.taskChannels, uniqueName, "task channel", this.#name);
  }

  /** The queue of that key; an error where none is declared. */
  queue(key: string): twilio.taskrouter.TaskQueue {
    return pick(this.queues, key, "queue", this.#name);
  }

  /** The workflow of that key; an error where none is declared. */
  workflow(key: string): twilio.taskrouter.Workflow {
    return pick(this.workflows, key, "workflow", this.#name);
  }

  /** Which activities the workspace puts workers in by itself; left alone where no activity is known for it. */
  #settings(name: string, args: TaskRoutingArgs): void {
    const defaultKey = args.defaultActivity ?? (this.activities.Offline && "Offline");
    const timeoutKey = args.timeoutActivity ?? defaultKey;
    if (defaultKey === undefined && timeoutKey === undefined) return;
    const sid = (key: string | undefined) => (key === undefined ? undefined : this.activity(key).sid);
    new twilio.taskrouter.WorkspaceSettings(
      `${name}-workspace-settings`,
      {
        workspaceSid: this.workspaceSid,
        defaultActivitySid: sid(defaultKey),
        timeoutActivitySid: sid(timeoutKey),
      },
      { parent: this },
    );
  }
}
