import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../../../kernel/webhook.ts";
import { ageOf } from "../stored/attributes.ts";
import { activity, type Reservation, reservation, task, worker, workflow } from "../stored/kinds.ts";
import { readInstruction } from "./instruction.ts";
import { changeReservation } from "./reservationStatus.ts";

/** What the answers of assignment callbacks are for. */
export const assignmentPurpose = "taskrouter.assignment";

/** Tells the workflow's assignment callback, if there is one, that a worker was reserved. */
export function callAssignment(context: Context, document: Document<Reservation>): void {
  const url = callbacksOf(context, document)?.assignment_callback_url;
  if (url != null) send(context, document, { url, isFallback: false });
}

/** Does what the answer to an assignment callback says. */
export function onAssignmentAnswer(
  context: Context,
  { fields: { data } }: Document<Webhook>,
  answer: Answer,
): WebhookProblem | undefined {
  const document = context.of(reservation).get(String(data["reservation_sid"]));
  // A worker, or a timeout, may have been faster.
  if (document?.fields.reservation_status !== "pending") return undefined;
  const problem = unusable(answer);
  if (problem === undefined) return follow(context, document, answer.body);
  const fallback = callbacksOf(context, document)?.fallback_assignment_callback_url;
  if (data["is_fallback"] !== true && fallback != null)
    send(context, document, { url: fallback, isFallback: true });
  else changeReservation(context, document, "canceled");
  return problem;
}

function callbacksOf(context: Context, { fields }: Document<Reservation>) {
  const workflowSid = context.of(task).get(fields.task_sid)?.fields.workflow_sid;
  return workflowSid == null ? undefined : context.of(workflow).get(workflowSid)?.fields;
}

function send(
  context: Context,
  { sid, parentSid, fields }: Document<Reservation>,
  { url, isFallback }: { url: string; isFallback: boolean },
): void {
  const owner = context.of(task).get(fields.task_sid);
  if (owner === undefined) return;
  sendWebhook(context, {
    url,
    purpose: assignmentPurpose,
    data: { reservation_sid: sid, is_fallback: isFallback },
    form: {
      Timestamp: String(Math.floor(context.now / 1000)),
      AccountSid: context.accountSid,
      WorkspaceSid: parentSid,
      WorkflowSid: owner.fields.workflow_sid ?? "",
      TaskQueueSid: owner.fields.task_queue_sid ?? "",
      WorkerSid: fields.worker_sid,
      WorkerAttributes: context.of(worker).get(fields.worker_sid)?.fields.attributes ?? "{}",
      TaskSid: owner.sid,
      TaskAttributes: owner.fields.attributes,
      TaskAge: String(ageOf(owner.created, context.now)),
      TaskPriority: String(owner.fields.priority),
      ReservationSid: sid,
    },
  });
}

/** Why an answer counts as none: only 200 with JSON is one. */
function unusable({ status, contentType, failure }: Answer): WebhookProblem | undefined {
  if (status === 0) return { code: 11200, message: `No answer: ${failure ?? "unknown"}` };
  if (status !== 200) return { code: 11200, message: `Answered ${status} instead of 200` };
  if (/^application\/json\b/i.test(contentType)) return undefined;
  return { code: 40000, message: "Content-Type of 'application/json' not set" };
}

function follow(context: Context, document: Document<Reservation>, body: string): WebhookProblem | undefined {
  const parsed = parse(body);
  if (parsed === undefined) {
    return { code: 40001, message: "Could not parse Assignment Instruction response as JSON" };
  }
  // An empty answer leaves the reservation to the worker, or to the API.
  if (Object.keys(parsed).length === 0) return undefined;
  const { instruction, activity_sid: activitySid } = parsed;
  if (typeof instruction !== "string") {
    return { code: 40005, message: "Assignment Callback response does not contain 'instruction'" };
  }
  const read = readInstruction(instruction);
  if ("problem" in read) return read.problem;
  if (read.status !== "rejected") {
    context.of(reservation).change(document, { ReservationStatus: read.status });
    return undefined;
  }
  const target = typeof activitySid === "string" ? context.of(activity).get(activitySid) : undefined;
  if (target?.parentSid !== document.parentSid) {
    return {
      code: 40100,
      message: "Your Reject instruction does not include a valid activity_sid parameter.",
    };
  }
  context.of(reservation).change(document, {
    ReservationStatus: "rejected",
    WorkerActivitySid: target.sid,
  });
  return undefined;
}

function parse(body: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
