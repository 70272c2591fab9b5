import type { Context, Input } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { Resource } from "../../kernel/resource.ts";
import { createFrom, updateFrom } from "../../kernel/write.ts";
import { type Channel, channel, type Member, type Message } from "../chat/kinds.ts";
import type { AutoCreation } from "./autoCreation.ts";
import { conversationView } from "./conversation.ts";
import type { ScopedWebhook, State } from "./kinds.ts";
import { scopedWebhook } from "./kinds.ts";
import { messageView } from "./message.ts";
import { participantView } from "./participant.ts";
import { conversationOf } from "./state.ts";

// What Conversations stores as Chat's can't be reached by its kind: that is Chat's resource, with Chat's rules.

/** What is asked for here keeps the API's limits as well. @throws TwilioError as the API's */
function make<F extends object>(
  context: Context,
  view: Resource<F>,
  parentSid: string,
  input: Input,
): Document<F> {
  for (const [name, value] of Object.entries(input))
    if (typeof value === "string") view.parameters[name]?.read([value], name, "create");
  return createFrom(context, view, parentSid, input);
}

/** Opens a conversation as the API would. @throws TwilioError */
export function openConversation(context: Context, serviceSid: string, input: Input = {}): Document<Channel> {
  return make(context, conversationView.inService, serviceSid, input);
}

/** Adds somebody who texts. @throws TwilioError when the pair is in another conversation */
export function addTexter(
  context: Context,
  conversationSid: string,
  address: string,
  proxyAddress: string,
): Document<Member> {
  return make(context, participantView.inService, conversationSid, {
    "MessagingBinding.Address": address,
    "MessagingBinding.ProxyAddress": proxyAddress,
  });
}

/** Adds somebody who is in chat. @throws TwilioError */
export function addIdentity(
  context: Context,
  conversationSid: string,
  identity: string,
  roleSid?: string,
): Document<Member> {
  return make(context, participantView.inService, conversationSid, {
    Identity: identity,
    ...(roleSid === undefined ? {} : { RoleSid: roleSid }),
  });
}

/** Brings a conversation into a state. One that is gone, closed, or in that state already stays as it is. */
export function setState(context: Context, conversationSid: string, state: State): void {
  const found = context.of(channel).get(conversationSid);
  const current = conversationOf(context, conversationSid).state;
  if (found === undefined || current === "closed" || current === state) return;
  updateFrom(context, conversationView.inService, found, { State: state });
}

/** Says something in a conversation. @throws TwilioError when it is closed */
export function say(context: Context, conversationSid: string, input: Input): Document<Message> {
  return make(context, messageView.inService, conversationSid, input);
}

/** Leads a conversation's messages to where an address says. */
export function addHandler(context: Context, conversationSid: string, given: AutoCreation): void {
  const { studio_flow_sid: flow_sid, webhook_url: url, webhook_method: method, webhook_filters } = given;
  const add = (fields: ScopedWebhook): void => {
    context.of(scopedWebhook).insert(conversationSid, fields);
  };
  if (flow_sid !== undefined) add({ target: "studio", configuration: { flow_sid } });
  if (url !== undefined)
    add({
      target: "webhook",
      configuration: { url, method: method ?? "POST", filters: webhook_filters ?? [] },
    });
}
