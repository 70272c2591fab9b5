import type { Change, Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OnAnswer } from "../kernel/webhook.ts";
import { message as textMessage, type Message as TextMessage } from "../products/api/kinds.ts";
import {
  channel as chatChannel,
  type Channel,
  member,
  type Member,
  message as chatMessage,
  type Message as ChatMessage,
} from "../products/chat/kinds.ts";
import { channel as flexChannel, type Channel as FlexChannel, webChannel } from "../products/flex/kinds.ts";
import { executionResource } from "../products/studio/execution.ts";
import { execution, type Execution } from "../products/studio/kinds.ts";
import { reservation, type Reservation, task, type Task } from "../products/taskrouter/kinds.ts";
import { tellOfReservation, tellOfTask } from "./shared/assignment.ts";
import { chatEventOf } from "./chat-proxy/chatEvents.ts";
import { chatAnswer, onChatAnswer, tell } from "./chat-proxy/chatWebhooks.ts";
import { onChannelUpdated, onMemberRemoved } from "./chat-proxy/completion.ts";
import { onConversationOpened, onFirstMessage } from "./chat-proxy/directTask.ts";
import { handlerAnswer, onHandlerAnswer } from "./text/handler.ts";
import { interceptAnswer, onInterceptAnswer } from "./chat-proxy/intercept.ts";
import { cleanUp } from "./chat-proxy/janitor.ts";
import { journalEntry } from "./shared/journal.ts";
import { onStatusAnswer, statusAnswer, tellStatus } from "./text/messageStatus.ts";
import { onOutOfSessionAnswer, outOfSessionAnswer } from "./chat-proxy/outOfSession.ts";
import { sendIntercepted, sendOn } from "./chat-proxy/outbound.ts";
import { passIntercepted } from "./chat-proxy/pass.ts";
import { onStudioAnswer } from "./studio/callAnswer.ts";
import { studioAnswer } from "./studio/callUrl.ts";
import { begin, goOn } from "./studio/run.ts";
import { onExecutionOver } from "./studio/subflowEnd.ts";

/** What is done with the answers of those whom journeys ask and tell, by purpose. */
export const journeyAnswers: Readonly<Record<string, OnAnswer>> = {
  [chatAnswer]: onChatAnswer,
  [handlerAnswer]: onHandlerAnswer,
  [interceptAnswer]: (context, webhook, answer) =>
    onInterceptAnswer(context, webhook, answer, { in: passIntercepted, out: sendIntercepted }),
  [outOfSessionAnswer]: onOutOfSessionAnswer,
  [statusAnswer]: onStatusAnswer,
  [studioAnswer]: onStudioAnswer,
};

/** Lets messages travel: each step follows from a write of the one before, in the same transaction. */
export function startJourneys(kernel: Kernel): void {
  kernel.own({
    ...executionResource,
    onDue: (waited, context) => goOn(context, waited, { event: "timeout" }),
  });
  kernel.own(journalEntry);
  kernel.observe({ onChange });
}

function onChange(change: Change, given: Context): void {
  // What follows by itself is told to webhooks, whoever began it.
  const context = given.announced();
  const event = chatEventOf(change, given);
  if (event !== undefined) tell(context, event);
  follow(change, given.isAnnounced, context);
}

function follow(change: Change, isAnnounced: boolean, context: Context): void {
  switch (change.kind) {
    case chatMessage.kind:
      // Proxy hears of messages as webhooks do: of those of programs only when they ask for it.
      if (change.action === "create" && isAnnounced) sendOn(context, change.after as Document<ChatMessage>);
      if (change.action === "create") onFirstMessage(context, change.after as Document<ChatMessage>);
      break;
    case flexChannel.kind:
    case webChannel.kind:
      if (change.action === "create") onConversationOpened(context, change.after as Document<FlexChannel>);
      break;
    case chatChannel.kind:
      if (change.action === "update")
        onChannelUpdated(context, change.before as Document<Channel>, change.after as Document<Channel>);
      break;
    case member.kind:
      if (change.action === "delete") onMemberRemoved(context, change.before as Document<Member>);
      break;
    case execution.kind:
      onExecutionChange(change, context);
      break;
    case task.kind:
      onTaskChange(change, context);
      break;
    case textMessage.kind:
      onTextChange(change, context);
      break;
    case reservation.kind:
      if (change.action !== "delete") tellOfReservation(context, change.after as Document<Reservation>);
      break;
  }
}

function onExecutionChange(change: Change, context: Context): void {
  if (change.action === "create") return beginLater(context, change.after.sid);
  const before = change.before as Document<Execution>;
  const after = (change.action === "update" ? change.after : change.before) as Document<Execution>;
  const isOver = change.action === "delete" || after.fields.status === "ended";
  if (before.fields.status === "active" && isOver) onExecutionOver(context, before, after.fields);
}

/** An execution begins when what started it is complete. */
function beginLater(context: Context, sid: string): void {
  context.beforeCommit(`begin ${sid}`, () => {
    const created = context.of(execution).get(sid);
    if (created !== undefined) begin(context, created);
  });
}

function onTextChange(change: Change, context: Context): void {
  if (change.action === "delete") return;
  const after = change.after as Document<TextMessage>;
  const before = change.action === "update" ? (change.before as Document<TextMessage>) : undefined;
  if (before?.fields.status !== after.fields.status) tellStatus(context, after);
}

function onTaskChange(change: Change, context: Context): void {
  tellOfTask(change, context);
  if (change.action === "create") return;
  const document = (change.action === "delete" ? change.before : change.after) as Document<Task>;
  const isOver =
    change.action === "delete" || ["completed", "canceled"].includes(document.fields.assignment_status);
  if (isOver) cleanUp(context, document);
}
