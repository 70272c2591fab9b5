import { findDocument } from "../../kernel/crud.ts";
import { isoDate } from "../../kernel/date.ts";
import { notFound } from "../../kernel/errors.ts";
import { dateTime, integer, oneOf } from "../../kernel/parameter.ts";
import { channel, member, userChannel } from "../chat/kinds.ts";
import { removeMember } from "../chat/membership.ts";
import { inBothForms } from "./forms.ts";
import { conversationOf, timersOf } from "./state.ts";
import { userView } from "./user.ts";

/** A conversation that a user is in. */
export const userConversationView = inBothForms(
  userChannel,
  (base) => ({
    // It is stored under the participant's SID; paths lead to it by the conversation's.
    prefix: "MB",
    path: `${base}/Users/{UserSid}/Conversations`,
    instancePath: `${base}/Users/{UserSid}/Conversations/{ConversationSid}`,
    parent: userView.inService,
    listKey: "conversations",
    operations: ["fetch", "list", "update"],
    maxPageSize: 50,
    parameters: {
      NotificationLevel: oneOf(["default", "muted"], { on: "update" }),
      // What the user has read is the participant's.
      LastReadMessageIndex: integer({ on: "update", min: 0, field: null }),
      LastReadTimestamp: dateTime({ on: "update", field: null }),
    },
    alias: "channel_sid",
    hidden: ["sid", "channel_sid", "member_sid"],
    links: {
      participant: `${base}/Conversations/{channel_sid}/Participants/{member_sid}`,
      conversation: `${base}/Conversations/{channel_sid}`,
    },
    render({ fields, parentSid }, context) {
      const { channel_sid: sid, member_sid: participantSid } = fields;
      const joined = context.of(channel).get(sid);
      const read = context.of(member).get(participantSid)?.fields.last_consumed_message_index ?? null;
      const known = conversationOf(context, sid);
      const serviceSid = joined?.parentSid ?? "";
      const path = base.replace("{ChatServiceSid}", serviceSid);
      return {
        chat_service_sid: serviceSid,
        conversation_sid: sid,
        participant_sid: participantSid,
        user_sid: parentSid,
        last_read_message_index: read,
        // Unknown before the participant has read anything.
        unread_messages_count:
          read === null ? null : Math.max((joined?.fields.next_message_index ?? 0) - 1 - read, 0),
        friendly_name: joined?.fields.friendly_name ?? null,
        unique_name: joined?.fields.unique_name ?? null,
        attributes: joined?.fields.attributes ?? "{}",
        created_by: joined?.fields.created_by ?? null,
        conversation_state: known.state,
        timers: timersOf(known),
        notification_level: fields.notification_level ?? "default",
        date_created: joined?.fields.date_created ?? isoDate(joined?.created ?? 0),
        date_updated: joined?.fields.date_updated ?? isoDate(joined?.updated ?? 0),
        url: `https://conversations.twilio.com${path}/Users/${parentSid}/Conversations/${sid}`,
      };
    },
    beforeWrite({ fields, input }, context) {
      const taking = context.of(member).get(fields.member_sid);
      const { LastReadMessageIndex: index, LastReadTimestamp: timestamp } = input;
      if (taking === undefined || (index === undefined && timestamp === undefined)) return;
      context.of(member).change(taking, {
        ...(index === undefined ? {} : { LastConsumedMessageIndex: index }),
        ...(timestamp === undefined ? {} : { LastConsumptionTimestamp: timestamp }),
      });
    },
  }),
  (form) => [
    {
      method: "DELETE",
      path: form.instancePath,
      handle(request) {
        const { context, path } = request;
        const left = context.of(member).get(findDocument(request, form).fields.member_sid);
        if (left === undefined) throw notFound(path);
        removeMember(context, left);
        return { status: 204 };
      },
    },
  ],
);
