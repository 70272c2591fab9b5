/** The Configuration of a TaskRouter Workflow, in the JSON that Twilio takes and returns. */
export interface WorkflowConfiguration {
  readonly task_routing: TaskRouting;
}

export interface TaskRouting {
  /** Tried from the first on; a workflow may have none. */
  readonly filters?: readonly WorkflowFilter[];
  /** Where tasks go that match no filter, or skipped the filter they matched. */
  readonly default_filter?: DefaultFilter;
}

export interface DefaultFilter {
  /** SID of a TaskQueue. A task waits there until its own timeout. */
  readonly queue: string;
}

export interface WorkflowFilter {
  readonly filter_friendly_name?: string;
  /** What Twilio's older libraries write instead of `filter_friendly_name`. */
  readonly friendly_name?: string;
  /** About the attributes of the task, bare: `channelType == "sms"`. */
  readonly expression: string;
  /** The steps a task goes through, at least one. */
  readonly targets: readonly WorkflowTarget[];
}

export interface WorkflowTarget {
  /** SID of a TaskQueue. Needed on the first target; a later one without stays in the same queue. */
  readonly queue?: string;
  /** About `task.`, `worker.` and `taskrouter.`; which workers of the queue may get the task. All, when absent. */
  readonly expression?: string;
  /** 0 to 2147483647, as a number or a string. When absent the task keeps its priority. */
  readonly priority?: number | string;
  /** Seconds above 0, as a number or a string, that this step may take. When absent the task waits here. */
  readonly timeout?: number | string;
  /** `worker.level DESC, worker.cost ASC`. Workers who are equal get tasks by longest idle. */
  readonly order_by?: string;
  /** When true, a task that nobody can take at once leaves this step at once. */
  readonly skip_if?: string;
  /** `task.x`, where x holds the SID of the only worker who may get the task in this step. */
  readonly known_worker_sid?: string;
  /** `task.x`, where x holds the friendly name of the only worker who may get the task in this step. */
  readonly known_worker_friendly_name?: string;
}

/** Highest priority a task can have. */
export const maxPriority = 2 ** 31 - 1;

/** Largest Configuration Twilio takes, in bytes of JSON. */
export const maxConfigurationBytes = 1024 * 1024;

/** What a filter is called in messages: its friendly name, or its place. */
export function filterName(filter: WorkflowFilter, index: number): string {
  return filter.filter_friendly_name ?? filter.friendly_name ?? `filter ${index + 1}`;
}
