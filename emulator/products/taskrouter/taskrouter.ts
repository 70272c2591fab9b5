import { versioned } from "../../kernel/dialect.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Change, Context } from "../../kernel/context.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { activity } from "./activity.ts";
import { scheduleAssignment } from "./assignment/assign.ts";
import { assignmentPurpose, onAssignmentAnswer } from "./assignment/assignmentCallback.ts";
import { eventPurpose, onEventAnswer } from "./events/eventCallback.ts";
import { event, listEvents } from "./event.ts";
import { recordChange } from "./events/record.ts";
import { reservation, workerReservation } from "./reservation.ts";
import { task } from "./task.ts";
import { taskChannel } from "./taskChannel.ts";
import { taskQueue } from "./taskQueue.ts";
import { worker } from "./worker.ts";
import { workerChannel } from "./workerChannel.ts";
import { workflow } from "./workflow.ts";
import { workspace } from "./workspace.ts";

export const taskrouter: Product = {
  host: "taskrouter",
  dialect: versioned,
  operations: operationsOf("taskrouter.twilio.com"),
  resources: [
    workspace,
    activity,
    taskChannel,
    taskQueue,
    workflow,
    worker,
    workerChannel,
    task,
    reservation,
    workerReservation,
    event,
  ],
  routes: [listEvents],
  answers: { [assignmentPurpose]: onAssignmentAnswer, [eventPurpose]: onEventAnswer },
  missingPageToken: () =>
    invalid("Page above 0 needs the PageToken of the previous page's next_page_url", 40153),
  onChange(change, context) {
    recordChange(change, context);
    const workspaceSid = workspaceToAssign(change, context);
    if (workspaceSid !== undefined) scheduleAssignment(context, workspaceSid);
  },
};

/** The workspace in which a write may have made a task or a worker free for the other. */
function workspaceToAssign(change: Change, context: Context): string | undefined {
  const { kind } = change.resource;
  const { parentSid } = change.action === "delete" ? change.before : change.after;
  if (kind === workerChannel.kind) return context.of(worker).get(parentSid)?.parentSid;
  const matters = [taskQueue.kind, workflow.kind, worker.kind, task.kind, reservation.kind].includes(kind);
  return matters ? parentSid : undefined;
}
