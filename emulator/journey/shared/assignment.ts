import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Reservation, reservation, task, type Task } from "../../products/taskrouter/stored/kinds.ts";
import { journalEntry, note, noteError } from "./journal.ts";
import type { Part } from "./part.ts";

/** What becomes of a conversation's task, for the journal. */
export const assignment: Part = {
  resources: [journalEntry],
  onChange(change, given) {
    const context = given.announced();
    if (change.kind === task.kind) tellOfTask(change, context);
    if (change.kind === reservation.kind && change.action !== "delete")
      tellOfReservation(context, change.after as Document<Reservation>);
  },
};

/** Notes what became of the offer of a conversation's task to an agent. */
function tellOfReservation(context: Context, { sid, fields }: Document<Reservation>): void {
  const offered = context.of(task).get(fields.task_sid);
  const conversation = offered && conversationOf(offered);
  if (conversation === undefined) return;
  const { worker_name: name, reservation_status: status } = fields;
  note(
    context,
    conversation,
    "agent",
    status === "pending" ? `Offered to ${name}` : `${name}: ${status}`,
    sid,
  );
}

/** Notes what becomes of a conversation's task. */
function tellOfTask(change: Change, context: Context): void {
  const document = (change.action === "delete" ? change.before : change.after) as Document<Task>;
  const conversation = conversationOf(document);
  if (conversation === undefined) return;
  const before =
    change.action === "update" ? (change.before as Document<Task>).fields.assignment_status : undefined;
  const { assignment_status: status, reason } = document.fields;
  if (change.action === "delete") note(context, conversation, "completion", "Task deleted", document.sid);
  else if (before !== undefined && status !== before && status === "canceled")
    noteError(
      context,
      conversation,
      "task",
      0,
      `Task canceled: ${reason ?? "no reason given"}`,
      document.sid,
    );
  else if (before !== undefined && status !== before && status === "completed")
    note(context, conversation, "completion", "Task completed", document.sid);
}

/** The chat channel that a task is about. */
export function channelOf(document: Document<Task>): string | undefined {
  return textOf(document, "channelSid");
}

/** The conversation that a task is about: one of Conversations before one of Chat, as Flex UI has it. */
function conversationOf(document: Document<Task>): string | undefined {
  return textOf(document, "conversationSid") ?? channelOf(document);
}

function textOf({ fields }: Document<Task>, attribute: string): string | undefined {
  const found = (JSON.parse(fields.attributes) as Record<string, unknown>)[attribute];
  return typeof found === "string" ? found : undefined;
}
