import type { Context } from "../kernel/context.ts";
import { message } from "../products/api/message.ts";
import type { Document } from "../kernel/resource.ts";
import type { Answer, Webhook, WebhookProblem } from "../kernel/webhook.ts";
import { onHandlerAnswer } from "./handler.ts";
import { noteError } from "./journal.ts";

/** What the answers of these callbacks are for. */
export const outOfSessionAnswer = "outOfSession";

/** Does what the out-of-session callback answers with TwiML; a session that it describes instead is not opened here. */
export function onOutOfSessionAnswer(
  context: Context,
  webhook: Document<Webhook>,
  answer: Answer,
): WebhookProblem | undefined {
  if (!answer.contentType.includes("json")) return onHandlerAnswer(context, webhook, answer);
  const { url, data } = webhook.fields;
  const problem = {
    code: 0,
    message: `${url} answered a session as JSON, which the local Twilio does not open`,
  };
  const received = context.of(message).get(String(data["messageSid"]));
  if (received !== undefined) noteError(context, received.sid, "proxy", problem.code, problem.message);
  return problem;
}
