import type { Change, Context } from "../../../kernel/context.ts";
import type { Kind } from "../../../kernel/document.ts";
import {
  activity,
  reservation,
  task,
  taskChannel,
  taskQueue,
  worker,
  workerChannel,
  workflow,
  workspace,
} from "../stored/kinds.ts";
import {
  recordActivityChange,
  recordTaskChannelChange,
  recordTaskQueueChange,
  recordWorkflowChange,
  recordWorkspaceChange,
} from "./configurationEvents.ts";
import { recordReservationChange } from "./reservationEvents.ts";
import { recordTaskChange } from "./taskEvents.ts";
import { recordWorkerChange, recordWorkerChannelChange } from "./workerEvents.ts";

type Recorder = (change: Change, context: Context) => void;

const recorders: ReadonlyMap<string, Recorder> = new Map([
  recorder(workspace, recordWorkspaceChange),
  recorder(activity, recordActivityChange),
  recorder(taskChannel, recordTaskChannelChange),
  recorder(taskQueue, recordTaskQueueChange),
  recorder(workflow, recordWorkflowChange),
  recorder(worker, recordWorkerChange),
  recorder(workerChannel, recordWorkerChannelChange),
  recorder(task, recordTaskChange),
  recorder(reservation, recordReservationChange),
]);

/** Writes the events that a write of TaskRouter's means into the workspace's log. */
export function recordChange(change: Change, context: Context): void {
  recorders.get(change.kind)?.(change, context);
}

/** A change of a kind has that kind's fields. */
function recorder<F extends object>(
  { kind }: Kind<F>,
  record: (change: Change<F>, context: Context) => void,
): [string, Recorder] {
  return [kind, (change, context) => record(change as unknown as Change<F>, context)];
}
