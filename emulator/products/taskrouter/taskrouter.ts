import { versioned } from "../../kernel/dialect.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { activityResource } from "./activity.ts";
import { assignmentPurpose, onAssignmentAnswer } from "./assignment/assignmentCallback.ts";
import { followChange } from "./assignment/followChange.ts";
import { eventResource, listEvents } from "./event.ts";
import { eventPurpose, onEventAnswer } from "./events/eventCallback.ts";
import { recordChange } from "./events/record.ts";
import { reservationResource, workerReservationResource } from "./reservation.ts";
import { taskResource } from "./task.ts";
import { taskChannelResource } from "./taskChannel.ts";
import { taskQueueResource } from "./taskQueue.ts";
import { workerResource } from "./worker.ts";
import { workerChannelResource } from "./workerChannel.ts";
import { workflowResource } from "./workflow.ts";
import { workspaceResource } from "./workspace.ts";

export const taskrouter: Product = {
  host: "taskrouter",
  dialect: versioned,
  operations: operationsOf("taskrouter.twilio.com"),
  resources: [
    workspaceResource,
    activityResource,
    taskChannelResource,
    taskQueueResource,
    workflowResource,
    workerResource,
    workerChannelResource,
    taskResource,
    reservationResource,
    workerReservationResource,
    eventResource,
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
