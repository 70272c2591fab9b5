import type { JsonObject } from "../../kernel/json.ts";
import { addMessage } from "../../products/api/addMessage.ts";
import { isOwned, refuseReceiver } from "../../products/api/sender.ts";
import { channel, message as chatMessage } from "../../products/chat/kinds.ts";
import type { State } from "./definition.ts";
import { filled, refusal, type Run } from "./widget.ts";

/** What templates see of a message that was sent, or why it was not. */
type Sending =
  { readonly sent: JsonObject } | { readonly error: { readonly code: number; readonly text: string } };

/** Sends a state's message into its chat channel, or to a phone. */
export function sendMessage(run: Run, state: State): Sending {
  const channelSid = filled(run, state, "channel");
  const body = filled(run, state, "body");
  const from = filled(run, state, "from");
  try {
    const sent =
      run.context.of(channel).get(channelSid) === undefined
        ? toPhone(run, { from, to: filled(run, state, "to") || run.fields.contact_channel_address, body })
        : toChannel(run, { channelSid, from, body, attributes: filled(run, state, "attributes") });
    return { sent };
  } catch (error) {
    const { code, text } = refusal(error);
    return { error: { code: 81011, text: `its message was not sent (${code}: ${text})` } };
  }
}

function toChannel(
  { context }: Run,
  given: { channelSid: string; from: string; body: string; attributes: string },
): JsonObject {
  const sent = context.of(chatMessage).create(given.channelSid, {
    From: given.from,
    Body: given.body,
    ...(given.attributes === "" ? {} : { Attributes: given.attributes }),
  });
  return { Sid: sent.sid, Body: given.body, From: given.from, ChannelSid: given.channelSid };
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
