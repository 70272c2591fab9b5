import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import { invalid } from "../../kernel/errors.ts";
import { resource } from "../../kernel/resource.ts";
import { channel } from "../chat/kinds.ts";
import { configurationOf } from "./defaultService.ts";
import { milliseconds } from "./duration.ts";
import { binding, type Conversation, conversation } from "./kinds.ts";

/** Of no address: paths lead to the channel. */
export const conversationResource = resource(conversation, {
  prefix: "CH",
  path: "/v1/Conversations",
  listKey: "conversations",
  operations: [],
  due({ fields: { state, since, inactive_after, closed_after } }) {
    if (state === "closed") return undefined;
    const times = [state === "active" ? inactive_after : null, closed_after].filter((time) => time !== null);
    return times.length === 0 ? undefined : since + Math.min(...times);
  },
  whenDue: ({ fields: { state, inactive_after, closed_after } }) =>
    state === "active" && inactive_after !== null && inactive_after < (closed_after ?? Infinity)
      ? "nobody has written: the conversation becomes inactive"
      : "nobody has written: the conversation is closed",
  onDue({ sid, fields }, context) {
    const { closed_after, since } = fields;
    const isOver = closed_after !== null && since + closed_after <= context.now;
    store(context, sid, { ...fields, state: isOver ? "closed" : "inactive" });
  },
});

/** What a new conversation has. */
export function unset(context: Context): Conversation {
  const { default_inactive_timer, default_closed_timer, default_messaging_service_sid } =
    configurationOf(context);
  return {
    state: "active",
    inactive_after: lengthOf(default_inactive_timer),
    closed_after: lengthOf(default_closed_timer),
    since: context.now,
    messaging_service_sid: default_messaging_service_sid,
    email: null,
  };
}

/** What is known of a conversation. One that Chat made is active, and has no timers. */
export function conversationOf(context: Context, channelSid: string): Conversation {
  const known = context.of(conversation).get(channelSid)?.fields;
  if (known !== undefined) return known;
  const since = context.of(channel).get(channelSid)?.created ?? context.now;
  return { ...unset(context), inactive_after: null, closed_after: null, since };
}

/** Keeps what is known of a conversation. One that is closed gives the pairs of its participants free. */
export function store(context: Context, channelSid: string, fields: Conversation): void {
  const conversations = context.of(conversation);
  const previous = conversations.get(channelSid);
  if (previous === undefined) conversations.insert(channelSid, fields, channelSid);
  else conversations.update(previous, fields);
  if (fields.state !== "closed") return;
  const serviceSid = context.of(channel).get(channelSid)?.parentSid ?? "";
  const where = { field: "conversation_sid", value: channelSid } as const;
  for (const bound of context.of(binding).all(serviceSid, where))
    if (bound.fields.pair !== null) context.of(binding).update(bound, { ...bound.fields, pair: null });
}

/** Something new in a conversation: it is active, and its timers begin anew. */
export function touch(context: Context, channelSid: string): void {
  const known = context.of(conversation).get(channelSid)?.fields;
  if (known === undefined || known.state === "closed") return;
  store(context, channelSid, { ...known, state: "active", since: context.now });
}

/** @throws TwilioError 50377 when the conversation is closed: nothing opens it again */
export function refuseClosed(context: Context, channelSid: string): void {
  if (conversationOf(context, channelSid).state === "closed")
    throw invalid(`Conversation ${channelSid} is closed; it can't be changed any more`, 50377);
}

/** When the timers of a conversation run out, as answers have it. */
export function timersOf({ state, since, inactive_after, closed_after }: Conversation): object {
  return {
    ...(inactive_after === null || state !== "active"
      ? {}
      : { date_inactive: isoDate(since + inactive_after) }),
    ...(closed_after === null || state === "closed" ? {} : { date_closed: isoDate(since + closed_after) }),
  };
}

/** Milliseconds of a timer that was given; null: there is none. */
export function lengthOf(duration: string | null): number | null {
  return duration === null ? null : (milliseconds(duration) ?? null);
}
