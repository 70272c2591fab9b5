import type { Change, Context } from "../../../kernel/context.ts";
import type { Resource } from "../../../kernel/resource.ts";
import { activity } from "../activity.ts";
import { reservation } from "../reservation.ts";
import { task } from "../task.ts";
import { taskChannel } from "../taskChannel.ts";
import { taskQueue } from "../taskQueue.ts";
import { worker } from "../worker.ts";
import { workerChannel } from "../workerChannel.ts";
import { workflow } from "../workflow.ts";
import { workspace } from "../workspace.ts";
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

/** Made at the first use: the resources name each other. */
let recorders: ReadonlyMap<string, Recorder> | undefined;

/** Writes the events that a write of TaskRouter's means into the workspace's log. */
export function recordChange(change: Change, context: Context): void {
  recorders ??= new Map([
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
  recorders.get(change.resource.kind)?.(change, context);
}

/** A change of a kind has that kind's fields. */
function recorder<F extends object>(
  { kind }: Resource<F>,
  record: (change: Change<F>, context: Context) => void,
): [string, Recorder] {
  return [kind, (change, context) => record(change as unknown as Change<F>, context)];
}
