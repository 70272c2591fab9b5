import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { interactionChannel, invite, type Invite } from "../../products/flex/interactions/kinds.ts";
import {
  type Reservation,
  reservation,
  task,
  type Task,
  type TaskStatus,
  worker,
  type Worker,
  workerChannel,
  type WorkerChannel,
} from "../../products/taskrouter/stored/kinds.ts";
import { reservationsOf } from "../../products/taskrouter/stored/reservationsOf.ts";
import { reservationShape, taskShape, workerChannelShape, workerShape } from "./shapes.ts";

/** Something that an agent's browser is told of. */
export interface News {
  readonly workerSid: string;
  /** `reservation.created` … */
  readonly type: string;
  /** As it is when the write is made; what follows from it in the same transaction is known to `taskSid`. */
  readonly payload: object;
  /** The task that the payload shows as `task`: its state after the transaction is what counts. */
  readonly taskSid?: string;
}

/** News as it is once its transaction is over. */
export function settled(news: News, context: Context): News {
  const now = news.taskSid === undefined ? undefined : context.of(task).get(news.taskSid);
  return now === undefined ? news : { ...news, payload: { ...news.payload, task: taskShape(now, context) } };
}

/** What a write means for agents' browsers, as it is when it is made. */
export function newsOf(change: Change, context: Context): News[] {
  switch (change.kind) {
    case reservation.kind:
      return ofReservation(change as unknown as Change<Reservation>, context);
    case task.kind:
      return ofTask(change as unknown as Change<Task>, context);
    case worker.kind:
      return ofWorker(change as unknown as Change<Worker>, context);
    case workerChannel.kind:
      return ofWorkerChannel(change as unknown as Change<WorkerChannel>, context);
    case invite.kind:
      return ofInvite(change as unknown as Change<Invite>, context);
    default:
      return [];
  }
}

function ofReservation(change: Change<Reservation>, context: Context): News[] {
  if (change.action === "delete") return [];
  const { after } = change;
  const status = after.fields.reservation_status;
  if (change.action === "update" && status === change.before.fields.reservation_status) return [];
  const payload = reservationShape(after, context);
  if (payload === undefined) return [];
  const what = change.action === "create" ? "created" : status === "wrapping" ? "wrapup" : status;
  const { worker_sid: workerSid, task_sid: taskSid } = after.fields;
  return [{ workerSid, type: `reservation.${what}`, payload, taskSid }];
}

const taskEvents: Partial<Record<TaskStatus, string>> = {
  canceled: "task.canceled",
  wrapping: "task.wrapup",
  completed: "task.completed",
};

/** Everybody with an active reservation of a task hears of it. */
function ofTask(change: Change<Task>, context: Context): News[] {
  if (change.action !== "update") return [];
  const { before, after } = change;
  const status = after.fields.assignment_status;
  const type =
    status !== before.fields.assignment_status
      ? taskEvents[status]
      : after.fields.attributes !== before.fields.attributes ||
          after.fields.priority !== before.fields.priority
        ? "task.updated"
        : undefined;
  if (type === undefined) return [];
  const payload = taskShape(after, context);
  const workers = new Set(
    reservationsOf(context, after.parentSid, after.sid).map(({ fields }) => fields.worker_sid),
  );
  return [...workers].map((workerSid) => ({ workerSid, type, payload }));
}

function ofWorker(change: Change<Worker>, context: Context): News[] {
  if (change.action !== "update") return [];
  const { before, after } = change;
  const payload = workerShape(after, context);
  const tell = (type: string): News => ({ workerSid: after.sid, type, payload });
  return [
    ...(before.fields.activity_sid === after.fields.activity_sid ? [] : [tell("worker.activity.update")]),
    ...(before.fields.attributes === after.fields.attributes ? [] : [tell("worker.attributes.update")]),
  ];
}

function ofWorkerChannel(change: Change<WorkerChannel>, context: Context): News[] {
  if (change.action !== "update") return [];
  const { before, after } = change;
  const payload = workerChannelShape(after, context);
  const tell = (type: string): News => ({ workerSid: after.parentSid, type, payload });
  return [
    ...(before.fields.configured_capacity === after.fields.configured_capacity
      ? []
      : [tell("worker.capacity.update")]),
    ...(before.fields.available === after.fields.available
      ? []
      : [tell("worker.channel.availability.update")]),
  ];
}

/** Whoever has accepted an invite and is not in the conversation hears why. */
function ofInvite(change: Change<Invite>, context: Context): News[] {
  if (change.action !== "update") return [];
  const { after } = change;
  const { failure, task_sid: taskSid } = after.fields;
  if (failure === null || change.before.fields.failure !== null) return [];
  const channel = context.of(interactionChannel).get(after.parentSid);
  return takersOf(context, taskSid).map(({ sid, fields }) => ({
    workerSid: fields.worker_sid,
    type: "participant.add.failed",
    payload: {
      account_sid: after.accountSid,
      channel_sid: after.parentSid,
      interaction_sid: channel?.parentSid ?? null,
      routing_properties: { task_sid: taskSid, worker_sid: fields.worker_sid, reservation_sid: sid },
      error_data: { error_code: failure.code, error_message: failure.message },
    },
  }));
}

function takersOf(context: Context, taskSid: string): Document<Reservation>[] {
  const workspaceSid = context.of(task).get(taskSid)?.parentSid ?? "";
  return reservationsOf(context, workspaceSid, taskSid, ["accepted"]);
}
