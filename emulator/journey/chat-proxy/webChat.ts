import * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { channel, message } from "../../products/chat/kinds.ts";
import { mediaAttributes } from "../../products/chat/message.ts";
import { note } from "../shared/journal.ts";
import { said } from "../shared/said.ts";
import type { Entrance } from "../shared/part.ts";

/** What a visitor says in a web chat. */
const spoken = z.strictObject({
  /** SID of the chat channel. */
  channelSid: z.string(),
  /** Chat identity of who says it. */
  from: z.string().min(1),
  ...said,
});

/** Lets a visitor say something in a web chat. */
export const webChat: Entrance = {
  property: "channelSid",
  shape: "{channelSid, from, body, mediaUrls} for a web chat",
  read(content) {
    const parsed = spoken.parse(content);
    return (context) => say(context, parsed);
  },
};

function say(context: Context, { channelSid, ...given }: z.output<typeof spoken>): string {
  if (context.of(channel).get(channelSid) === undefined)
    throw new TwilioError(404, 50300, `Chat channel ${channelSid} does not exist`);
  const { sid } = context.of(message).create(channelSid, {
    From: given.from,
    Body: given.body,
    Attributes: mediaAttributes(given.mediaUrls),
  });
  note(context, sid, "chat", `Message put into chat channel ${channelSid}`, sid, channelSid);
  return sid;
}
