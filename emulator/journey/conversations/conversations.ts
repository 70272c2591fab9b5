import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { message as text, type Message as Text } from "../../products/api/kinds.ts";
import { message, type Message } from "../../products/chat/kinds.ts";
import { type ScopedWebhook, scopedWebhook } from "../../products/conversations/kinds.ts";
import type { Part } from "../shared/part.ts";
import type { Flows } from "../studio/run.ts";
import { autocreateEndpoint } from "./autocreateEndpoint.ts";
import { conversationEventOf } from "./conversationEvents.ts";
import { noteUnheard } from "../shared/webhookAnswer.ts";
import { conversationAnswer, replay, tell } from "./conversationWebhooks.ts";
import { tellOfInteractions } from "./interactionNotes.ts";
import { onPreAnswer } from "./inbound.ts";
import { sendOut } from "./outbound.ts";
import { preAnswer } from "./preWebhook.ts";
import { followText } from "./receipts.ts";
import { visitor } from "./visitor.ts";

/** Conversations (classic), in which customers take part by their own addresses. */
export function conversations(flows: Flows): Part {
  return {
    entrance: visitor,
    endpoints: (kernel, accountSid) => [autocreateEndpoint(kernel, accountSid)],
    answers: { [conversationAnswer]: noteUnheard, [preAnswer]: onPreAnswer },
    onChange(change, given) {
      // What follows by itself is told to webhooks, whoever began it.
      const context: Context = given.announced();
      const event = conversationEventOf(change, given);
      if (event !== undefined) tell(flows, context, event);
      tellOfInteractions(change, context);
      if (change.kind === scopedWebhook.kind && change.action === "create")
        replay(flows, context, change.after as Document<ScopedWebhook>);
      if (change.kind === message.kind && change.action === "create")
        sendOut(context, change.after as Document<Message>);
      if (change.kind === text.kind && change.action === "update")
        followText(context, change.after as Document<Text>);
    },
  };
}
