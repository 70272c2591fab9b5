import type { Context } from "../../kernel/context.ts";
import { readParameters } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { parseJson } from "../../kernel/parameter.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../../kernel/webhook.ts";
import { type Message, message } from "../../products/api/kinds.ts";
import { countryOf } from "../../products/messaging/country.ts";
import { type Participant, participant, type Service, session } from "../../products/proxy/kinds.ts";
import { isChannel } from "../../products/proxy/pair.ts";
import { participantResource } from "../../products/proxy/participant.ts";
import { sessionResource } from "../../products/proxy/session.ts";
import { messageForm, onHandlerAnswer } from "../text/handler.ts";
import { note, noteError } from "../shared/journal.ts";
import { lastSessionForm } from "./lastSession.ts";
import { pass } from "./pass.ts";

/** What the answers of these callbacks are for. */
export const outOfSessionAnswer = "outOfSession";

/**
 * Hands a message that belongs to no open session to the service's OutOfSessionCallbackUrl, with what is known of the
 * last session that it would have belonged to. https://www.twilio.com/docs/proxy/api/webhooks
 */
export function askOutOfSession(
  context: Context,
  received: Document<Message>,
  { sid: serviceSid, fields }: Document<Service>,
): void {
  const url = fields.out_of_session_callback_url;
  if (url === null) return;
  const { from, to } = received.fields;
  note(context, received.sid, "proxy", `No session: message handed to ${url}`);
  sendWebhook(context, {
    url,
    form: {
      ...messageForm(context, received),
      FromCountry: countryOf(from) ?? "",
      ToCountry: countryOf(to) ?? "",
      ...lastSessionForm(context, serviceSid, { identifier: from, number: to }),
    },
    purpose: outOfSessionAnswer,
    data: { messageSid: received.sid, serviceSid },
  });
}

/**
 * Does what the callback answers: TwiML, or the session that it describes in JSON.
 * https://www.twilio.com/docs/proxy/out-session-callback-response-guide
 */
export function onOutOfSessionAnswer(
  context: Context,
  webhook: Document<Webhook>,
  answer: Answer,
): WebhookProblem | undefined {
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (!isSuccess || !answer.contentType.includes("json")) return onHandlerAnswer(context, webhook, answer);
  const { url, data } = webhook.fields;
  const received = context.of(message).get(String(data["messageSid"]));
  if (received === undefined) return undefined;
  try {
    const customer = openSession(context, String(data["serviceSid"]), received, answer.body);
    pass(context, received, customer);
    return undefined;
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const problem = { code: error.code, message: `${url} answered no session to open: ${error.message}` };
    noteError(context, received.sid, "proxy", problem.code, problem.message);
    return problem;
  }
}

/** Opens the session that an answer describes, with the sender as first participant. @throws TwilioError */
function openSession(
  context: Context,
  serviceSid: string,
  received: Document<Message>,
  answered: string,
): Document<Participant> {
  const given = parseJson(answered, "The answer");
  if (!isJsonObject(given)) throw new TwilioError(400, 20001, "The answer must be a JSON object");
  const second = readParameters(
    form({
      Identifier: given["participantIdentifier"],
      ProxyIdentifier: given["participantProxyIdentifier"],
    }),
    participantResource,
    "create",
  );
  const opening = readParameters(
    form({
      UniqueName: given["uniqueName"],
      // Twilio: "does not default to any value", not even the service's.
      Ttl: given["ttl"] ?? 0,
      DateExpiry: given["dateExpiry"],
      // Twilio chooses by the participants when the answer does not say.
      Mode: given["mode"] ?? (isChannel(String(second["Identifier"])) ? "message-only" : undefined),
    }),
    sessionResource,
    "create",
  );
  const opened = context.of(session).create(serviceSid, opening);
  try {
    const { from, to } = received.fields;
    const customer = context.of(participant).create(opened.sid, {
      Identifier: from,
      ProxyIdentifier: to,
    });
    context.of(participant).create(opened.sid, second);
    note(context, received.sid, "proxy", "Proxy session opened", opened.sid);
    return customer;
  } catch (error) {
    // A session without its participants is of no use to anybody.
    context.of(session).remove(opened);
    throw error;
  }
}

/** JSON values as a form has them; those that are not given are absent. */
function form(values: Readonly<Record<string, JsonObject[string] | undefined>>): Map<string, string[]> {
  return new Map(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === null
        ? []
        : [[name, [typeof value === "object" ? JSON.stringify(value) : String(value)]]],
    ),
  );
}
