import type { Context, Input } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { createFrom } from "../../kernel/write.ts";
import type { Channel, Member, Message } from "../chat/kinds.ts";
import { conversationView } from "./conversation.ts";
import type { ScopedWebhook } from "./kinds.ts";
import { scopedWebhook } from "./kinds.ts";
import { messageView } from "./message.ts";
import { participantView } from "./participant.ts";

// What Conversations stores as Chat's can't be reached by its kind: that is Chat's resource, with Chat's rules.

/** Opens a conversation as the API would. @throws TwilioError */
export function openConversation(context: Context, serviceSid: string, input: Input = {}): Document<Channel> {
  return createFrom(context, conversationView.inService, serviceSid, input);
}

/** Adds somebody who texts. @throws TwilioError when the pair is in another conversation */
export function addTexter(
  context: Context,
  conversationSid: string,
  address: string,
  proxyAddress: string,
): Document<Member> {
  return createFrom(context, participantView.inService, conversationSid, {
    "MessagingBinding.Address": address,
    "MessagingBinding.ProxyAddress": proxyAddress,
  });
}

/** Says something in a conversation. @throws TwilioError when it is closed */
export function say(context: Context, conversationSid: string, input: Input): Document<Message> {
  return createFrom(context, messageView.inService, conversationSid, input);
}

/** Has a conversation's events told. */
export function addWebhook(context: Context, conversationSid: string, fields: ScopedWebhook): void {
  context.of(scopedWebhook).insert(conversationSid, fields);
}
