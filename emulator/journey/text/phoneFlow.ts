import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Message } from "../../products/api/kinds.ts";
import { activeExecution, newExecution } from "../../products/studio/execution.ts";
import { execution, flow } from "../../products/studio/kinds.ts";
import { messageForm } from "./handler.ts";
import { note, noteError } from "../shared/journal.ts";
import type { Flows } from "../studio/run.ts";
import { answerReply } from "../studio/reply.ts";

/** Gives a message to the Studio flow that the number's URL names. */
export function handleByFlow(
  flows: Flows,
  context: Context,
  received: Document<Message>,
  flowSid: string,
): void {
  if (context.of(flow).get(flowSid) === undefined)
    return noteError(context, received.sid, "studio", 20404, `Studio flow ${flowSid} does not exist`);
  const { from, to } = received.fields;
  const data: JsonObject = messageForm(context, received);
  const active = activeExecution(context, flowSid, from);
  if (active !== undefined) {
    const isTaken = answerReply(flows, context, active, data);
    return isTaken
      ? note(
          context,
          received.sid,
          "studio",
          "Message given to the Studio execution that waited for it",
          active.sid,
        )
      : noteError(
          context,
          received.sid,
          "studio",
          0,
          "The Studio execution does not wait for a message",
          active.sid,
        );
  }
  try {
    const trigger = { event: "incomingMessage", data: { message: data } } as const;
    const created = newExecution(context, flowSid, {
      contact: from,
      flowAddress: to,
      trigger,
      initiatedBy: received.sid,
    });
    const { sid } = context.of(execution).insert(flowSid, created);
    note(context, received.sid, "studio", `Message handed to Studio flow ${flowSid}`, flowSid, sid);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, received.sid, "studio", error.code, error.message, flowSid);
  }
}
