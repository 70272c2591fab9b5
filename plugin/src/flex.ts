/**
 * What the plugin uses of Flex UI, as far as 1.9, 1.34 and 2.17 agree on it; `flex.types.ts` holds the first two packages
 * to it, and `tests/plugin` tries all three.
 * Documented at https://assets.flex.twilio.com/docs/releases/flex-ui/1.34.6/ and …/2.17.1/.
 */
export interface Flex {
  /** `1.34.6` */
  readonly VERSION: string;
  readonly Actions: {
    invokeAction(name: string, payload?: object): Promise<unknown>;
    /** `before…` listeners are waited for, and can cancel the action. */
    addListener(event: string, listener: ActionListener): unknown;
  };
  readonly Notifications: {
    registerNotification(notification: object): void;
    showNotification(id: string, context?: object): unknown;
  };
  readonly DefaultTaskChannels: {
    createChatTaskChannel(
      name: string,
      isApplicable: (task: FlexTask) => boolean,
      icon?: string,
      iconActive?: string,
      color?: string,
      reservedTemplate?: string,
    ): TaskChannelDefinition;
  };
  readonly TaskChannels: {
    getRegistered(): readonly { readonly name: string }[];
    getForTask(task: FlexTask): { readonly capabilities: ReadonlySet<string> };
    /** The definition comes before those registered earlier. */
    register(definition: TaskChannelDefinition): void;
  };
  readonly TaskHelper: {
    /** By the SID of a reservation, whatever its name says. */
    getTaskByTaskSid(reservationSid: string): FlexTask | undefined;
    /** Whether Flex's own orchestrations are meant for the task. */
    isChatBasedTask(task: FlexTask): boolean;
  };
  /** As of 1.9. */
  readonly ChatOrchestrator?: {
    getOrchestrations(event: OrchestrationEvent): Orchestrations;
    setOrchestrations(event: OrchestrationEvent, orchestrations: Orchestrations): void;
  };
}

/** Flex's manager, as far as the plugin uses it. */
export interface Manager {
  /** The Flex Configuration of the account; Flex leaves what is inside `attributes` as it is. */
  readonly serviceConfiguration: { readonly attributes?: unknown };
  /** Without its methods where Flex could not reach TaskRouter. */
  readonly workerClient: WorkerClient;
  /** `token` is the one that is good now. */
  readonly user: { readonly token: string };
  strings: object;
}

/** TaskRouter's client of the agent: a Worker of twilio-taskrouter. */
export interface WorkerClient {
  readonly sid: string;
  /** By SID. */
  readonly channels: ReadonlyMap<string, WorkerChannel>;
  /** By SID; those that are over are not in it. */
  readonly reservations: ReadonlyMap<string, Reservation>;
  on(event: "reservationCreated" | "ready", listener: (reservation: Reservation) => void): unknown;
}

export interface WorkerChannel {
  readonly taskChannelUniqueName: string;
  readonly capacity: number;
}

export interface Reservation {
  readonly sid: string;
  /** `pending`, `accepted`, `wrapping` … */
  readonly status: string;
  readonly task: {
    readonly sid: string;
    readonly attributes: object;
    readonly taskChannelUniqueName: string;
    /** A worker, queue or workflow that the task goes to straight away. */
    readonly routingTarget?: string | null;
  };
  on(event: OrchestrationEvent, listener: () => void): unknown;
}

/** A task as Flex shows it: a task with its reservation. */
export interface FlexTask {
  /** Of the reservation. */
  readonly sid: string;
  readonly taskSid: string;
  /** The attribute `channelType`, else the unique name of the task channel. */
  readonly channelType: string;
  readonly taskChannelUniqueName: string;
  readonly attributes?: unknown;
}

/**
 * Whether a task is of Flex Conversations: Flex UI 2 adds its agent by an invite and closes its conversation, whatever
 * anybody else does.
 */
export function isOfConversations({ attributes }: { readonly attributes?: unknown }): boolean {
  const { flexInteractionChannelSid: sid } = (attributes ?? {}) as { flexInteractionChannelSid?: unknown };
  return typeof sid === "string" && sid !== "";
}

/** How Flex shows the tasks of a channel; more is in it than the plugin needs to know. */
export interface TaskChannelDefinition {
  readonly name: string;
  /** Texts by component and place. */
  templates?: object;
}

export interface ActionPayload {
  readonly task?: FlexTask;
}

export type ActionListener = (payload: ActionPayload, cancel: () => void) => unknown;

/** Names as of Flex's `ChatOrchestrator`. */
export type OrchestrationEvent = "accepted" | "wrapup" | "completed";

/** A function of the task is understood as of 1.12. */
export type Orchestrations = readonly string[] | OrchestrationsOfTask;

// Written as a method, since Flex's own functions take all of a Flex task.
type OrchestrationsOfTask = { of(task: FlexTask): readonly string[] }["of"];
