import type { JsonObject } from "../../kernel/json.ts";
import { addMessage } from "../../products/api/addMessage.ts";
import { isOwned, refuseReceiver } from "../../products/api/sender.ts";
import type { State } from "./definition.ts";
import { filled, refusal, type Run } from "./widget.ts";

/** What templates see of a message that was sent, or why it was not. */
type Sending =
  { readonly sent: JsonObject } | { readonly error: { readonly code: number; readonly text: string } };

/** Sends a state's message into its conversation, or to a phone. */
export function sendMessage(run: Run, state: State): Sending {
  const channelSid = filled(run, state, "channel");
  const body = filled(run, state, "body");
  const from = filled(run, state, "from");
  try {
    const place = run.places.find((each) => each.has(run.context, channelSid));
    const sent =
      place === undefined
        ? toPhone(run, { from, to: filled(run, state, "to") || run.fields.contact_channel_address, body })
        : place.say(run.context, channelSid, { from, body, attributes: filled(run, state, "attributes") });
    return { sent };
  } catch (error) {
    const { code, text } = refusal(error);
    return { error: { code: 81011, text: `its message was not sent (${code}: ${text})` } };
  }
}

function toPhone(
  { context }: Run,
  { from, to, body }: { from: string; to: string; body: string },
): JsonObject {
  refuseReceiver(context, from, to);
  if (!isOwned(context, from)) throw new Error(`${from} is no number of the account`);
  const sent = addMessage(context, { from, to, body, direction: "outbound-api", status: "queued" });
  return { Sid: sent.sid, Body: body, From: from, To: to };
}
