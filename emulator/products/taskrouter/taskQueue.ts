import {
  evaluateExpression,
  isJsonObject,
  type JsonObject,
  parseExpression,
} from "../../../routing/index.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { integer, oneOf, parseJson, sid, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { refuseWhileUsed } from "./assignment/openTasks.ts";
import { attributesOf } from "./stored/attributes.ts";
import { checkExpression } from "./expression.ts";
import { activity, type TaskQueue, taskQueue, worker } from "./stored/kinds.ts";
import { orderBy } from "./ordering.ts";
import { workspaceResource } from "./workspace.ts";

export const taskQueueResource = resource(taskQueue, {
  prefix: "WQ",
  path: "/v1/Workspaces/{WorkspaceSid}/TaskQueues",
  parent: workspaceResource,
  listKey: "task_queues",
  parameters: {
    // How long it may be is not documented: what Twilio may take is not refused here.
    FriendlyName: text({ required: true }),
    TargetWorkers: text({ default: "1==1" }),
    MaxReservedWorkers: integer({ min: 1, max: 50, default: 1 }),
    TaskOrder: oneOf(["FIFO", "LIFO"], { default: "FIFO" }),
    ReservationActivitySid: sid("WA"),
    AssignmentActivitySid: sid("WA"),
  },
  unique: [
    {
      field: "friendly_name",
      taken: (name, parent, account) =>
        invalid(`Queue named ${name} already exists for workspace ${parent} for account ${account}`),
    },
  ],
  filters: {
    FriendlyName: { field: "friendly_name" },
    EvaluateWorkerAttributes: {
      test: ([attributes = ""]) => {
        const parsed = parseJson(attributes, "EvaluateWorkerAttributes");
        if (!isJsonObject(parsed)) throw invalid("EvaluateWorkerAttributes must be a JSON object");
        return targeting(parsed);
      },
    },
    WorkerSid: {
      test([workerSid = ""], context, workspaceSid) {
        const found = context.of(worker).get(workerSid);
        if (found?.parentSid !== workspaceSid) return () => false;
        return targeting(attributesOf(found.fields.attributes));
      },
    },
  },
  ordering: (given) => orderBy<TaskQueue>(given, { DateUpdated: ({ updated }) => updated }),
  links: {
    workspace: "/v1/Workspaces/{WorkspaceSid}",
    assignment_activity: "/v1/Workspaces/{WorkspaceSid}/Activities/{assignment_activity_sid}",
    reservation_activity: "/v1/Workspaces/{WorkspaceSid}/Activities/{reservation_activity_sid}",
    statistics: "/Statistics",
    real_time_statistics: "/RealTimeStatistics",
    cumulative_statistics: "/CumulativeStatistics",
    list_statistics: "/v1/Workspaces/{WorkspaceSid}/TaskQueues/Statistics",
    bulk_real_time_statistics: "/v1/Workspaces/{WorkspaceSid}/TaskQueues/RealTimeStatistics",
  },
  render({ fields }, context) {
    const nameOf = (activitySid: string | null): string | null =>
      activitySid === null ? null : (context.of(activity).get(activitySid)?.fields.friendly_name ?? null);
    return {
      assignment_activity_name: nameOf(fields.assignment_activity_sid),
      reservation_activity_name: nameOf(fields.reservation_activity_sid),
    };
  },
  beforeWrite({ fields, parentSid, input }, context) {
    checkExpression("TargetWorkers", input["TargetWorkers"]);
    for (const activitySid of [fields.assignment_activity_sid, fields.reservation_activity_sid]) {
      if (activitySid !== null && context.of(activity).get(activitySid)?.parentSid !== parentSid) {
        throw invalid(`Activity ${activitySid} does not exist in workspace ${parentSid}`);
      }
    }
  },
  beforeDelete({ sid, parentSid, fields }, context) {
    refuseWhileUsed(context, parentSid, {
      field: "task_queue_sid",
      sid,
      what: `Queue ${fields.friendly_name}`,
    });
  },
});

/** The queues that target a worker with these attributes. */
function targeting(attributes: JsonObject): (document: Document<TaskQueue>) => boolean {
  return ({ fields }) => evaluateExpression(parseExpression(fields.target_workers), attributes);
}
