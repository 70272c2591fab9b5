import type { TwilioAccount } from "../../account/account.ts";
import type { Place } from "../../whereabouts/place.ts";
import type { Reader } from "./reader.ts";

/** Most reservations of a task that are read. */
export const maxReservations = 200;
/** Most items that are read. */
const limits = {
  tasks: 5000,
  similarTasks: 10,
  events: 200,
  reservations: maxReservations,
  workflows: 1000,
  queues: 5000,
  taskChannels: 1000,
  workers: 5000,
  workerChannels: 100,
} as const;

type Workspace = ReturnType<TwilioAccount["client"]["taskrouter"]["v1"]["workspaces"]>;

/** What is in Flex's workspace; nothing where that is not known. */
export class TaskRouterReads {
  readonly #workspace: Workspace | undefined;
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, { workspaceSid }: Place, reader: (product: string) => Reader) {
    this.#workspace = workspaceSid === undefined ? undefined : client.taskrouter.v1.workspaces(workspaceSid);
    this.#reader = reader("TaskRouter");
  }

  workspace() {
    return this.#in((workspace) => this.#reader.once("workspace", () => workspace.fetch()));
  }

  task(sid: string) {
    return this.#in((workspace) => this.#reader.once(`task ${sid}`, () => workspace.tasks(sid).fetch()));
  }

  /** Tasks whose attributes fit an expression. Twilio limits how often it may be asked. */
  async tasksLike(evaluateTaskAttributes: string) {
    const found = this.#in((workspace) =>
      this.#reader.list(`tasks ${evaluateTaskAttributes}`, limits.similarTasks, (page) =>
        workspace.tasks.list({ evaluateTaskAttributes, ...page }),
      ),
    );
    return (await found) ?? [];
  }

  /** Tasks that are not over. */
  async openTasks() {
    const assignmentStatus = ["pending", "reserved", "assigned", "wrapping"];
    const found = this.#in((workspace) =>
      this.#reader.all("open tasks", limits.tasks, (page) =>
        workspace.tasks.list({ assignmentStatus, ...page }),
      ),
    );
    return (await found) ?? [];
  }

  /** What happened to a task, newest first; TaskRouter keeps it for 30 days. */
  async events(taskSid: string, since: Date) {
    const found = this.#in((workspace) =>
      this.#reader.list(`events ${taskSid}`, limits.events, (page) =>
        workspace.events.list({ taskSid, startDate: since, ...page }),
      ),
    );
    return (await found) ?? [];
  }

  /** The tasks that were made in a time, newest first. */
  async creations(since: Date, until: Date) {
    const found = this.#in((workspace) =>
      this.#reader.list(`creations ${since.toISOString()} ${until.toISOString()}`, limits.events, (page) =>
        workspace.events.list({ eventType: "task.created", startDate: since, endDate: until, ...page }),
      ),
    );
    return (await found) ?? [];
  }

  async reservations(taskSid: string) {
    const found = this.#in((workspace) =>
      this.#reader.list(`reservations ${taskSid}`, limits.reservations, (page) =>
        workspace.tasks(taskSid).reservations.list(page),
      ),
    );
    return (await found) ?? [];
  }

  workflow(sid: string) {
    return this.#in((workspace) =>
      this.#reader.once(`workflow ${sid}`, () => workspace.workflows(sid).fetch()),
    );
  }

  async workflows() {
    const found = this.#in((workspace) =>
      this.#reader.all("workflows", limits.workflows, (page) => workspace.workflows.list(page)),
    );
    return (await found) ?? [];
  }

  async queues() {
    const found = this.#in((workspace) =>
      this.#reader.all("queues", limits.queues, (page) => workspace.taskQueues.list(page)),
    );
    return (await found) ?? [];
  }

  async taskChannels() {
    const found = this.#in((workspace) =>
      this.#reader.all("task channels", limits.taskChannels, (page) => workspace.taskChannels.list(page)),
    );
    return (await found) ?? [];
  }

  worker(sid: string) {
    return this.#in((workspace) => this.#reader.once(`worker ${sid}`, () => workspace.workers(sid).fetch()));
  }

  async workers() {
    const found = this.#in((workspace) =>
      this.#reader.all("workers", limits.workers, (page) => workspace.workers.list(page)),
    );
    return (await found) ?? [];
  }

  async workerChannels(workerSid: string) {
    const found = this.#in((workspace) =>
      this.#reader.list(`channels of ${workerSid}`, limits.workerChannels, (page) =>
        workspace.workers(workerSid).workerChannels.list(page),
      ),
    );
    return (await found) ?? [];
  }

  async #in<T>(read: (workspace: Workspace) => Promise<T>): Promise<T | undefined> {
    return this.#workspace === undefined ? undefined : read(this.#workspace);
  }
}
