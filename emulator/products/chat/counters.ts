import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import { channel } from "./kinds.ts";

/** Changes the counters of a channel, which is no update of it: its dates stay. */
export function count(
  context: Context,
  channelSid: string,
  changes: { members?: 1 | -1; messages?: 1 | -1 },
): void {
  const channels = context.of(channel);
  const previous = channels.get(channelSid);
  if (previous === undefined) return;
  const { fields } = previous;
  channels.update(previous, {
    ...fields,
    members_count: fields.members_count + (changes.members ?? 0),
    messages_count: fields.messages_count + (changes.messages ?? 0),
    next_message_index: fields.next_message_index + Math.max(changes.messages ?? 0, 0),
    date_updated: fields.date_updated ?? isoDate(previous.updated),
  });
}
