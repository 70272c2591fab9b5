import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../../kernel/webhook.ts";
import { endForm } from "../../products/proxy/callback.ts";
import { type InteractionEnd, interactionResource } from "../../products/proxy/interaction.ts";
import { service, type Session } from "../../products/proxy/kinds.ts";
import { noteError } from "../shared/journal.ts";

/** What the answers of intercept callbacks are for. */
export const interceptAnswer = "intercept";

/** What goes on when a message is not blocked. */
export type GoOn = (context: Context, data: JsonObject) => void;

/** A message that Proxy is about to pass on. */
export interface Passing {
  readonly inbound: InteractionEnd;
  readonly within: Document<Session>;
  readonly body: string;
  /** The conversation that a refusal is noted in. */
  readonly conversation: string;
}

/**
 * Asks the service's intercept callback about a message; whether it has one. The interaction has its SID from here on,
 * and is recorded when the message is passed on.
 */
export function intercept(context: Context, passing: Passing, direction: "in" | "out"): boolean {
  const { inbound, within, body, conversation } = passing;
  const url = context.of(service).get(within.parentSid)?.fields.intercept_callback_url;
  if (url === undefined || url === null) return false;
  const interactionSid = context.newSid(interactionResource.prefix);
  const date = isoDate(context.now);
  sendWebhook(context, {
    url,
    form: {
      interactionSid,
      interactionType: "Message",
      interactionAccountSid: context.accountSid,
      interactionServiceSid: within.parentSid,
      interactionSessionSid: within.sid,
      interactionData: JSON.stringify({ body }),
      interactionDateCreated: date,
      interactionDateUpdated: date,
      ...endForm("inbound", inbound),
    },
    purpose: interceptAnswer,
    data: {
      direction,
      interactionSid,
      participantSid: inbound.participantSid,
      resourceSid: inbound.resourceSid,
      conversation,
    },
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
