import type { Json, JsonObject } from "../../kernel/json.ts";
import { invalid } from "../../kernel/errors.ts";
import { sendMessage as sendText } from "../../products/api/sendMessage.ts";
import { property, type State } from "./definition.ts";
import { filled, fillIn, flawOfJson, refusal, type Run } from "./widget.ts";

/** What templates see of a message that was sent, or why it was not. */
type Sending =
  { readonly sent: JsonObject } | { readonly error: { readonly code: number; readonly text: string } };

/**
 * Sends a state's message into its conversation, or to a phone. What the API would refuse is no error of the flow: the
 * widgets have transitions for it ("the request to the Messaging API failed",
 * https://www.twilio.com/docs/studio/widget-library/send-message).
 */
export function sendMessage(run: Run, state: State): Sending {
  const channelSid = filled(run, state, "channel");
  const body = filled(run, state, "body");
  const from = filled(run, state, "from");
  const attributes = filled(run, state, "attributes");
  const flaw = attributes === "" ? undefined : flawOfJson(run, state, "attributes", attributes);
  const place = run.places.find((each) => each.has(run.context, channelSid));
  try {
    if (place === undefined) return { sent: toPhone(run, state, { from, body }) };
    if (flaw !== undefined) throw invalid(`its attributes are no JSON: ${flaw}`, 50304);
    return { sent: place.say(run.context, channelSid, { from, body, attributes }) };
  } catch (error) {
    const { code, text } = refusal(error);
    return { error: { code: 81011, text: `its message was not sent (${code}: ${text})` } };
  }
}

/** From a number of the account's, or a Messaging Service. */
function toPhone(run: Run, state: State, { from, body }: { from: string; body: string }): JsonObject {
  const given = (text: string): string | undefined => (text === "" ? undefined : text);
  const mediaUrls = mediaOf(state.properties["media_url"])
    .map((url) => fillIn(run, url))
    .filter(Boolean);
  const unusable = mediaUrls.find((url) => !/^https?:\/\//i.test(url) || !URL.canParse(url));
  if (unusable !== undefined) throw invalid(`Invalid media URL: ${unusable.slice(0, 64)}`, 21620);
  const isService = /^MG[0-9a-f]{32}$/.test(from);
  const { sid, fields } = sendText(run.context, {
    to: given(filled(run, state, "to")) ?? run.fields.contact_channel_address,
    from: isService ? undefined : given(from),
    messagingServiceSid: isService ? from : undefined,
    body: given(body),
    mediaUrls,
    contentSid: given(property(state, "content_sid")),
  });
  return { Sid: sid, Body: body, From: fields.from, To: fields.to, Status: fields.status };
}

function mediaOf(given: Json | undefined): string[] {
  return [given].flat().filter((url): url is string => typeof url === "string");
}
