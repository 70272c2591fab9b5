import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findDocument, updateDocument } from "../../kernel/crud.ts";
import { notFound } from "../../kernel/errors.ts";
import { dateTime, integer, oneOf } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { channel } from "./channel.ts";
import { member, type Member, removeMember } from "./member.ts";
import { refuseEmptyUpdate } from "./parameters.ts";
import { user, userOf } from "./user.ts";

/** A channel that a user is a member of. */
export interface UserChannel {
  channel_sid: string;
  member_sid: string;
  /** Whether the user is told of messages; absent: `default`. */
  notification_level?: "default" | "muted";
}

export const userChannel: Resource<UserChannel> = resource<UserChannel>({
  kind: "chat.UserChannel",
  // It has no SID of its own and is stored under the member's; paths lead to it by the channel's.
  prefix: "MB",
  path: "/v2/Services/{ServiceSid}/Users/{UserSid}/Channels",
  instancePath: "/v2/Services/{ServiceSid}/Users/{UserSid}/Channels/{ChannelSid}",
  parent: () => user,
  listKey: "channels",
  operations: ["fetch", "list", "update"],
  maxPageSize: 50,
  parameters: {
    NotificationLevel: oneOf(["default", "muted"], { on: "update" }),
    // What the user has read is the member's.
    LastConsumedMessageIndex: integer({ on: "update", min: 0, field: null }),
    LastConsumptionTimestamp: dateTime({ on: "update", field: null }),
  },
  unique: [{ field: "channel_sid", taken: () => new Error("A user is in a channel twice") }],
  alias: "channel_sid",
  hidden: ["sid", "date_created", "date_updated"],
  links: {
    channel: "/v2/Services/{ServiceSid}/Channels/{channel_sid}",
    member: "/v2/Services/{ServiceSid}/Channels/{channel_sid}/Members/{member_sid}",
  },
  render({ fields, parentSid }, context) {
    const serviceSid = context.of(user).get(parentSid)?.parentSid ?? "";
    const read = context.of(member).get(fields.member_sid)?.fields.last_consumed_message_index ?? null;
    const next = context.of(channel).get(fields.channel_sid)?.fields.next_message_index ?? 0;
    return {
      status: "joined",
      last_consumed_message_index: read,
      // Unknown before the member has read anything.
      unread_messages_count: read === null ? null : Math.max(next - 1 - read, 0),
      notification_level: fields.notification_level ?? "default",
      url: `https://chat.twilio.com/v2/Services/${serviceSid}/Users/${parentSid}/Channels/${fields.channel_sid}`,
    };
  },
  beforeWrite({ fields, previous, input }, context) {
    refuseEmptyUpdate({ previous, input });
    const { NotificationLevel: _level, ...read } = input;
    const membership = context.of(member).get(fields.member_sid);
    if (membership !== undefined && Object.keys(read).length > 0)
      updateDocument(context, member, membership, read);
  },
});

/** Answers a delete: the user leaves the channel. */
export function leaveChannel(request: RequestContext): Reply {
  const { context, path } = request;
  const membership = context.of(member).get(findDocument(request, userChannel).fields.member_sid);
  if (membership === undefined) throw notFound(path);
  removeMember(context, membership);
  return { status: 204 };
}

/** Records that a user, made when there is none, is in a channel. */
export function addUserChannel(context: Context, serviceSid: string, joined: Document<Member>): void {
  context
    .of(userChannel)
    .insert(
      userOf(context, serviceSid, joined.fields.identity).sid,
      { channel_sid: joined.parentSid, member_sid: joined.sid },
      joined.sid,
    );
}

/** Records that a user is no longer in a channel. */
export function removeUserChannel(context: Context, left: Document<Member>): void {
  const joined = context.of(userChannel).get(left.sid);
  if (joined !== undefined) context.of(userChannel).remove(joined);
}
