import type { Context } from "../kernel/context.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { Document } from "../kernel/resource.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../kernel/webhook.ts";
import type { Participant } from "../products/proxy/participant.ts";
import { service } from "../products/proxy/service.ts";
import type { Session } from "../products/proxy/session.ts";
import { noteError } from "./journal.ts";

/** What the answers of intercept callbacks are for. */
export const interceptAnswer = "intercept";

/** What goes on when a message is not blocked. */
export type GoOn = (context: Context, data: JsonObject) => void;

/** A message that Proxy is about to pass on. */
export interface Passing {
  readonly from: Document<Participant>;
  readonly within: Document<Session>;
  readonly resourceSid: string;
  readonly body: string;
  /** The conversation that a refusal is noted in. */
  readonly conversation: string;
}

/** Asks the service's intercept callback about a message; whether it has one. */
export function intercept(context: Context, passing: Passing, direction: "in" | "out"): boolean {
  const { from, within, resourceSid, body, conversation } = passing;
  const url = context.of(service).get(within.parentSid)?.fields.intercept_callback_url;
  if (url === undefined || url === null) return false;
  sendWebhook(context, {
    url,
    form: {
      interactionType: "Message",
      interactionAccountSid: context.accountSid,
      interactionServiceSid: within.parentSid,
      interactionSessionSid: within.sid,
      interactionData: JSON.stringify({ body }),
      inboundParticipantSid: from.sid,
      inboundResourceSid: resourceSid,
      inboundResourceType: "Message",
      inboundResourceStatus: direction === "in" ? "received" : "sent",
    },
    purpose: interceptAnswer,
    data: { direction, participantSid: from.sid, resourceSid, conversation },
  });
  return true;
}

/** Passes a message on, unless the callback said 403. */
export function onInterceptAnswer(
  context: Context,
  { fields: { url, data } }: Document<Webhook>,
  { status }: Answer,
  goOn: Readonly<Record<string, GoOn>>,
): WebhookProblem | undefined {
  if (status !== 403) {
    goOn[String(data["direction"])]?.(context, data);
    return undefined;
  }
  const problem = { code: 0, message: `${url} answered 403: the message is not passed on` };
  noteError(context, String(data["conversation"]), "proxy", problem.code, problem.message);
  return problem;
}
