import { versioned } from "../../kernel/dialect.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { activity } from "./activity.ts";
import { followChange } from "./assignment/followChange.ts";
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
    followChange(change, context);
  },
};
