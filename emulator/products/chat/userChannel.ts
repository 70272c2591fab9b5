import { findDocument } from "../../kernel/crud.ts";
import { notFound } from "../../kernel/errors.ts";
import { dateTime, integer, oneOf } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { channel, member, user, userChannel } from "./kinds.ts";
import { removeMember } from "./membership.ts";
import { refuseEmptyUpdate } from "./parameters.ts";
import { userResource } from "./user.ts";

export const userChannelResource = resource(userChannel, {
  // It has no SID of its own and is stored under the member's; paths lead to it by the channel's.
  prefix: "MB",
  path: "/v2/Services/{ServiceSid}/Users/{UserSid}/Channels",
  instancePath: "/v2/Services/{ServiceSid}/Users/{UserSid}/Channels/{ChannelSid}",
  parent: userResource,
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
    if (membership !== undefined && Object.keys(read).length > 0) context.of(member).change(membership, read);
  },
});

/** Answers a delete: the user leaves the channel. */
export function leaveChannel(request: RequestContext): Reply {
  const { context, path } = request;
  const membership = context.of(member).get(findDocument(request, userChannelResource).fields.member_sid);
  if (membership === undefined) throw notFound(path);
  removeMember(context, membership);
  return { status: 204 };
}
