import { compileExpression, parseExpression } from "../../../routing/index.ts";
import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { boolean, json, sid, text } from "../../kernel/parameter.ts";
import { type Filter, resource } from "../../kernel/resource.ts";
import { addWorkerChannel } from "./addWorkerChannel.ts";
import { changeReservation } from "./assignment/reservationStatus.ts";
import { attributesOf } from "./stored/attributes.ts";
import { checkExpression } from "./expression.ts";
import { activity, taskChannel, taskQueue, type Worker, worker, workspace } from "./stored/kinds.ts";
import { orderBy } from "./ordering.ts";
import { reservationsOf } from "./stored/reservationsOf.ts";
import { workspaceResource } from "./workspace.ts";
import { isYes } from "./yes.ts";

export const workerResource = resource(worker, {
  prefix: "WK",
  path: "/v1/Workspaces/{WorkspaceSid}/Workers",
  parent: workspaceResource,
  listKey: "workers",
  etag: true,
  parameters: {
    FriendlyName: text({ required: true, max: 64 }),
    ActivitySid: sid("WA"),
    Attributes: json({ default: "{}", max: 4096, objectOnly: true }),
    RejectPendingReservations: boolean({ on: "update", field: null }),
  },
  unique: [
    {
      field: "friendly_name",
      ignoreCase: true,
      taken: () => invalid("Worker with the same friendly name already exists"),
    },
  ],
  indexed: ["activity_sid"],
  filters: {
    FriendlyName: { field: "friendly_name" },
    ActivitySid: { field: "activity_sid" },
    ActivityName: byActivity((fields, value) => fields.friendly_name === value),
    // Twilio takes these words for yes, as for an activity's Available.
    Available: byActivity((fields, value) => fields.available === isYes(value)),
    TargetWorkersExpression: {
      test: ([expression = ""]) => {
        checkExpression("TargetWorkersExpression", expression);
        return satisfying(expression);
      },
    },
    TaskQueueSid: {
      test: ([queueSid = ""], context) => ofQueue(context.of(taskQueue).get(queueSid)?.fields.target_workers),
    },
    TaskQueueName: {
      test: ([name = ""], context, workspaceSid) =>
        ofQueue(context.of(taskQueue).find("friendly_name", name, workspaceSid)?.fields.target_workers),
    },
  },
  ordering: (given) => orderBy<Worker>(given, { DateStatusChanged: ({ fields }) => fields.status_changed }),
  links: {
    channels: "/Channels",
    activity: "/v1/Workspaces/{WorkspaceSid}/Activities/{activity_sid}",
    workspace: "/v1/Workspaces/{WorkspaceSid}",
    statistics: "/v1/Workspaces/{WorkspaceSid}/Workers/Statistics",
    real_time_statistics: "/v1/Workspaces/{WorkspaceSid}/Workers/RealTimeStatistics",
    cumulative_statistics: "/v1/Workspaces/{WorkspaceSid}/Workers/CumulativeStatistics",
    worker_statistics: "/Statistics",
    worker_channels: "/Channels",
    reservations: "/Reservations",
  },
  hidden: ["status_changed", "idle_since"],
  render({ fields }, context) {
    const current = context.of(activity).get(fields.activity_sid)?.fields;
    return {
      activity_name: current?.friendly_name,
      available: current?.available,
      date_status_changed: isoDate(fields.status_changed),
    };
  },
  beforeWrite({ fields, parentSid, previous, input }, context) {
    if (previous !== undefined && input["ActivitySid"] === null) {
      throw invalid("ActivitySid can't be cleared; name another activity");
    }
    fields.activity_sid ??= context.of(workspace).get(parentSid)?.fields.default_activity_sid ?? "";
    const next = context.of(activity).get(fields.activity_sid);
    if (next?.parentSid !== parentSid) {
      throw invalid(`Activity ${fields.activity_sid} does not exist in workspace ${parentSid}`);
    }
    if (input["RejectPendingReservations"] === true && next.fields.available) {
      throw invalid("RejectPendingReservations is only for a move to an activity that is not available");
    }
    if (fields.activity_sid !== previous?.fields.activity_sid) {
      fields.status_changed = fields.idle_since = context.now;
    }
  },
  afterCreate(created, context) {
    for (const channel of context.of(taskChannel).all(created.parentSid))
      addWorkerChannel(context, created.sid, channel);
  },
  afterUpdate({ sid, parentSid }, _previous, context, input) {
    if (input["RejectPendingReservations"] !== true) return;
    for (const pending of reservationsOf(context, parentSid, sid, ["pending"])) {
      changeReservation(context, pending, "rejected", { workerStays: true });
    }
  },
  beforeDelete({ sid, parentSid, fields }, context) {
    const [busy] = reservationsOf(context, parentSid, sid, ["accepted", "wrapping"]);
    // Not documented; refusing loses no task.
    if (busy !== undefined) {
      throw invalid(
        `Worker ${fields.friendly_name} (${sid}) can't be deleted: it has task ${busy.fields.task_sid}`,
      );
    }
    for (const pending of reservationsOf(context, parentSid, sid, ["pending"])) {
      changeReservation(context, pending, "canceled", { workerStays: true });
    }
  },
});

function byActivity(
  passes: (fields: { friendly_name: string; available: boolean }, value: string) => boolean,
): Filter<Worker> {
  return {
    test([value = ""], context: Context, workspaceSid) {
      const sids = new Set<string>();
      for (const { sid, fields } of context.of(activity).all(workspaceSid))
        if (passes(fields, value)) sids.add(sid);
      return ({ fields }) => sids.has(fields.activity_sid);
    },
  };
}

function satisfying(expression: string): (document: Document<Worker>) => boolean {
  const predicate = compileExpression(parseExpression(expression));
  return ({ fields }) => predicate(attributesOf(fields.attributes));
}

/** The workers that a queue targets; none when there is no such queue. */
function ofQueue(targetWorkers: string | undefined): (document: Document<Worker>) => boolean {
  return targetWorkers === undefined ? () => false : satisfying(targetWorkers);
}
