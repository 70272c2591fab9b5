import * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { channel } from "../../products/chat/kinds.ts";
import { mediaAttributes } from "../../products/chat/message.ts";
import { say } from "../../products/conversations/acts.ts";
import { note } from "../shared/journal.ts";
import type { Entrance } from "../shared/part.ts";
import { said } from "../shared/said.ts";

/** What somebody says who is in a conversation by an identity, as visitors of web chats are. */
const spoken = z.strictObject({
  /** SID of the conversation. */
  conversationSid: z.string(),
  /** Identity of who says it. */
  from: z.string().min(1),
  ...said,
});

/** Lets a visitor say something in a conversation. */
export const visitor: Entrance = {
  property: "conversationSid",
  shape: "{conversationSid, from, body, mediaUrls} for a web chat of Conversations",
  read(content) {
    const parsed = spoken.parse(content);
    return (context) => speak(context, parsed);
  },
};

function speak(context: Context, { conversationSid, ...given }: z.output<typeof spoken>): string {
  if (context.of(channel).get(conversationSid) === undefined)
    throw new TwilioError(404, 50350, `Conversation ${conversationSid} does not exist`);
  const { sid } = say(context, conversationSid, {
    Author: given.from,
    Body: given.body,
    Attributes: mediaAttributes(given.mediaUrls),
  });
  const text = `Message put into conversation ${conversationSid}`;
  note(context, sid, "chat", text, sid, conversationSid);
  return sid;
}
