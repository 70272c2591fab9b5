import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { resource } from "../../kernel/resource.ts";
import { incomingPhoneNumber } from "../api/kinds.ts";
import { channel, member } from "../chat/kinds.ts";
import { type Binding, binding, type BindingType } from "./kinds.ts";

/** Of no address: paths lead to the participant. */
export const bindingResource = resource(binding, {
  prefix: "MB",
  path: "/v1/Services/{ChatServiceSid}/ParticipantConversations",
  listKey: "conversations",
  operations: [],
  indexed: ["conversation_sid", "address"],
  unique: [{ field: "pair", within: "account", taken: () => new Error("A pair is in two conversations") }],
});

/** What kind of address it is. @throws TwilioError with the code when it is none */
function typeOf(address: string, name: string, code: number): BindingType {
  const [, prefix] = /^(whatsapp|messenger|rcs):./.exec(address) ?? [];
  if (prefix !== undefined) return prefix as BindingType;
  if (/^\+[1-9]\d{2,14}$/.test(address) || /^\d{3,8}$/.test(address)) return "sms";
  if (/^[^@\s]+@[^@\s]+$/.test(address)) return "email";
  throw invalid(`${name} is no address: ${JSON.stringify(address.slice(0, 64))}`, code);
}

/** Whoever is to take part by an address: what was given, null for what was not. */
export interface GivenBinding {
  readonly address: string | null;
  readonly proxy: string | null;
  readonly projected: string | null;
}

/** Checks how somebody is to take part. @throws TwilioError */
export function complete(context: Context, conversationSid: string, given: GivenBinding): Binding {
  const { address, proxy, projected } = given;
  const names = "MessagingBinding.";
  if (address === null) {
    if (projected === null) throw invalid(`${names}Address is required with ${names}ProxyAddress`, 50407);
    const type = typeOf(projected, `${names}ProjectedAddress`, 50408);
    return { ...nothing, conversation_sid: conversationSid, type, projected_address: projected };
  }
  const type = typeOf(address, `${names}Address`, 50407);
  if (proxy === null) {
    // In a group all write to the number that one of them shows.
    if (projected === null && !isGroup(context, conversationSid))
      throw invalid(`${names}ProxyAddress is required with ${names}Address`, 50412);
    return { ...nothing, conversation_sid: conversationSid, type, address, projected_address: projected };
  }
  const proxyType = typeOf(proxy, `${names}ProxyAddress`, 50408);
  if (address === proxy)
    throw invalid(`${names}Address and ${names}ProxyAddress must not be the same: ${address}`, 50409);
  if (type !== proxyType)
    throw invalid(`${names}Address is of type ${type}, ${names}ProxyAddress of type ${proxyType}`, 50414);
  if (proxy.startsWith("+") && context.of(incomingPhoneNumber).find("phone_number", proxy) === undefined)
    throw invalid(`${names}ProxyAddress ${proxy} does not belong to the account`, 50408);
  const pair = `${address} ${proxy}`;
  const holder = context.of(binding).find("pair", pair);
  if (holder !== undefined)
    throw new TwilioError(
      409,
      50416,
      `A binding for this participant and proxy address already exists in Conversation ${holder.fields.conversation_sid}`,
    );
  return {
    conversation_sid: conversationSid,
    type,
    address,
    proxy_address: proxy,
    projected_address: projected,
    pair,
  };
}

const nothing = { address: null, proxy_address: null, projected_address: null, pair: null } as const;

function isGroup(context: Context, conversationSid: string): boolean {
  return bindingsIn(context, conversationSid).some(({ fields }) => fields.projected_address !== null);
}

/** By what addresses people take part in a conversation. */
export function bindingsIn(context: Context, conversationSid: string): Document<Binding>[] {
  const serviceSid = context.of(channel).get(conversationSid)?.parentSid ?? "";
  return context.of(binding).all(serviceSid, { field: "conversation_sid", value: conversationSid });
}

/** The binding of a pair in a conversation that is not closed. */
export function holderOf(context: Context, address: string, proxy: string): Document<Binding> | undefined {
  return context.of(binding).find("pair", `${address} ${proxy}`);
}

/** Who leaves a conversation, or whose conversation is gone, gives the pair free. */
export function forgetBindings(change: Change, context: Context): void {
  if (change.action !== "delete") return;
  if (change.kind === member.kind) {
    const left = context.of(binding).get(change.before.sid);
    if (left !== undefined) context.of(binding).remove(left);
  }
  if (change.kind === channel.kind) {
    const where = { field: "conversation_sid", value: change.before.sid } as const;
    for (const left of context.of(binding).all(change.before.parentSid, where))
      context.of(binding).remove(left);
  }
}
