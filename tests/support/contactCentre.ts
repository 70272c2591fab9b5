import type { WorkerInstance } from "twilio/lib/rest/taskrouter/v1/workspace/worker.js";
import type { LocalTwilio } from "./useLocalTwilio.ts";

type Workspaces = LocalTwilio["client"]["taskrouter"]["v1"]["workspaces"];
export type Workspace = ReturnType<Workspaces>;

export interface CentreOptions {
  /** TargetWorkers, MaxReservedWorkers … of the queue `Everyone`. */
  readonly queue?: object;
  /** Parameters of the workflow besides its name and configuration. */
  readonly workflow?: object;
  /** `task_routing` of the workflow; queues by name are filled in. @default everything goes to Everyone */
  readonly routing?: (queue: (name: string) => string) => object;
  /** More queues, by name. */
  readonly queues?: Readonly<Record<string, object>>;
  readonly workspace?: object;
}

/** A TaskRouter workspace to try routing in. */
export interface ContactCentre {
  readonly workspaceSid: string;
  readonly workspace: Workspace;
  readonly workflowSid: string;
  /** SIDs of queues and activities by name. */
  readonly queues: Readonly<Record<string, string>>;
  readonly activities: Readonly<Record<string, string>>;
  /** Adds a worker, available and with one task per channel unless told otherwise. */
  addWorker(name: string, options?: WorkerOptions): Promise<string>;
  addTask(options?: TaskOptions): Promise<string>;
  /** Statuses of a task's reservations in order of creation, as `ann pending`. */
  reservations(taskSid: string): Promise<string[]>;
  /** Who has a pending reservation for a task. */
  offeredTo(taskSid: string): Promise<string[]>;
  /** Status of a task; `gone` when it was removed. */
  statusOf(taskSid: string): Promise<string>;
  /** Brings the reservation of a worker for a task into a status. */
  respond(taskSid: string, worker: string, status: string, more?: object): Promise<void>;
  worker(name: string): Promise<WorkerInstance>;
}

export interface WorkerOptions {
  readonly activity?: string;
  readonly attributes?: object;
  readonly capacity?: number;
  /** Unique name of the task channel that the capacity is for. @default "default" */
  readonly channel?: string;
}

export interface TaskOptions {
  readonly attributes?: object;
  readonly [parameter: string]: unknown;
}

let count = 0;

/** Makes a workspace with a queue `Everyone` and a workflow, through the API. */
export async function contactCentre(local: LocalTwilio, options: CentreOptions = {}): Promise<ContactCentre> {
  const { workspaces } = local.client.taskrouter.v1;
  const { sid: workspaceSid } = await workspaces.create({
    friendlyName: `Centre ${++count}`,
    ...options.workspace,
  });
  const workspace = workspaces(workspaceSid);
  const activities = Object.fromEntries(
    (await workspace.activities.list()).map(({ friendlyName, sid }) => [friendlyName, sid]),
  );
  const queues: Record<string, string> = {};
  for (const [friendlyName, parameters] of Object.entries({ Everyone: options.queue, ...options.queues })) {
    queues[friendlyName] = (await workspace.taskQueues.create({ friendlyName, ...parameters })).sid;
  }
  const sidOf = (name: string): string => {
    const sid = queues[name];
    if (sid === undefined) throw new Error(`There is no queue ${name}`);
    return sid;
  };
  const routing = options.routing?.(sidOf) ?? { default_filter: { queue: queues["Everyone"] } };
  const { sid: workflowSid } = await workspace.workflows.create({
    friendlyName: "Messages",
    configuration: JSON.stringify({ task_routing: routing }),
    ...options.workflow,
  });
  const reservationsOf = (taskSid: string) => workspace.tasks(taskSid).reservations.list();

  return {
    workspaceSid,
    workspace,
    workflowSid,
    queues,
    activities,
    async addWorker(
      name,
      { activity = "Available", attributes = {}, capacity = 1, channel = "default" } = {},
    ) {
      const { sid } = await workspace.workers.create({
        friendlyName: name,
        attributes: JSON.stringify(attributes),
      });
      if (capacity !== 1) await workspace.workers(sid).workerChannels(channel).update({ capacity });
      await workspace.workers(sid).update({ activitySid: activities[activity] });
      return sid;
    },
    async addTask({ attributes = {}, ...parameters } = {}) {
      const given = { attributes: JSON.stringify(attributes), workflowSid, ...parameters };
      return (await workspace.tasks.create(given)).sid;
    },
    async reservations(taskSid) {
      return (await reservationsOf(taskSid)).map(
        ({ workerName, reservationStatus }) => `${workerName} ${reservationStatus}`,
      );
    },
    async offeredTo(taskSid) {
      return (await reservationsOf(taskSid))
        .filter(({ reservationStatus }) => reservationStatus === "pending")
        .map(({ workerName }) => workerName);
    },
    async statusOf(taskSid) {
      try {
        return (await workspace.tasks(taskSid).fetch()).assignmentStatus;
      } catch (error) {
        if ((error as { status?: number }).status === 404) return "gone";
        throw error;
      }
    },
    async respond(taskSid, worker, reservationStatus, more = {}) {
      const latest = (await reservationsOf(taskSid)).findLast(({ workerName }) => workerName === worker);
      if (latest === undefined) throw new Error(`${worker} has no reservation for ${taskSid}`);
      const status = { reservationStatus: reservationStatus as "accepted" };
      await workspace
        .tasks(taskSid)
        .reservations(latest.sid)
        .update({ ...status, ...more });
    },
    async worker(name) {
      const [found] = await workspace.workers.list({ friendlyName: name });
      if (found === undefined) throw new Error(`There is no worker ${name}`);
      return found;
    },
  };
}
