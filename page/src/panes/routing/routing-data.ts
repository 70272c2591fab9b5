import type { WorkflowTarget } from "../../../../routing/workflow/configuration.ts";
import { own } from "../../data/api.ts";

export interface Workflow {
  readonly sid: string;
  readonly name: string;
  readonly filters: readonly {
    readonly name: string;
    readonly expression: string;
    readonly targets: readonly WorkflowTarget[];
  }[];
  readonly default_queue: string | null;
}

export interface Queue {
  readonly sid: string;
  readonly name: string;
  readonly target_workers?: string;
  readonly tasks: Readonly<Record<"pending" | "reserved" | "assigned" | "wrapping", number>>;
  /** Seconds; null where nothing waits. */
  readonly longest_wait: number | null;
  readonly worker_count: number;
  readonly available: number;
  /** SIDs of some of them. */
  readonly workers: readonly string[];
  /** Why nobody can tell whose queue it is. */
  readonly problem?: string;
}

export interface Worker {
  readonly sid: string;
  readonly name: string;
  readonly activity: string;
  readonly available: boolean;
  readonly channels: readonly {
    readonly name: string;
    readonly available: boolean;
    readonly capacity: number;
    readonly tasks: number;
  }[];
}

export interface Workspace {
  readonly sid: string;
  readonly name: string;
  readonly task_channels: readonly string[];
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
  readonly worker_count: number;
  /** Some of them. */
  readonly workers: readonly Worker[];
}

/** Where a task would go, as `POST /_emulator/routing` says. */
export interface Trial {
  readonly workflow: { readonly sid: string; readonly name: string };
  readonly stages: readonly {
    readonly age: number;
    readonly text: string;
    readonly reasons: readonly string[];
  }[];
  readonly outcome: {
    readonly kind: string;
    readonly queueSid?: string;
    readonly workers?: readonly { readonly sid: string }[];
  };
}

/** What routing goes by. */
export const routingKinds = [
  "taskrouter.Workspace",
  "taskrouter.Activity",
  "taskrouter.Workflow",
  "taskrouter.TaskQueue",
  "taskrouter.Worker",
  "taskrouter.WorkerChannel",
  "taskrouter.Task",
  "taskrouter.Reservation",
];

export async function routing(): Promise<readonly Workspace[]> {
  return (await own<{ workspaces: Workspace[] }>("GET", "/routing")).workspaces;
}

export function tryTask(question: object): Promise<Trial> {
  return own<Trial>("POST", "/routing", question);
}
