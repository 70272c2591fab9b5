import { isoDate } from "../../kernel/date.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { dateTime, integer, sid, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { channelResource } from "./channel.ts";
import { count } from "./counters.ts";
import { channel, invite, member, service, user, userChannel } from "./kinds.ts";
import { addUserChannel, forget, inviteOf } from "./membership.ts";
import { attributes, dates, forgetGivenUpdate, kept, refuseEmptyUpdate, renderDates } from "./parameters.ts";
import { checkRole } from "./serviceRoles.ts";

export const memberResource = resource(member, {
  prefix: "MB",
  path: "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
  parent: channelResource,
  listKey: "members",
  maxPageSize: 100,
  parameters: {
    Identity: text({ on: "create", required: true }),
    RoleSid: kept(sid("RL")),
    LastConsumedMessageIndex: integer({ min: 0 }),
    LastConsumptionTimestamp: dateTime(),
    Attributes: attributes,
    ...dates,
  },
  unique: [{ field: "identity", taken: () => new TwilioError(409, 50404, "Member already exists") }],
  indexed: ["role_sid"],
  alias: "identity",
  filters: {
    Identity: {
      test:
        (identities) =>
        ({ fields }) =>
          identities.includes(fields.identity),
    },
  },
  // Who takes part in a conversation by an address only has none.
  render: (document) => ({ ...renderDates(document), identity: document.fields.identity || null }),
  beforeWrite(draft, context) {
    const { fields, parentSid, previous, input } = draft;
    refuseEmptyUpdate(draft);
    const { parentSid: serviceSid = "", fields: joined } = context.of(channel).get(parentSid) ?? {};
    const settings = context.of(service).get(serviceSid)?.fields;
    if (input["RoleSid"] !== undefined) checkRole(context, serviceSid, fields.role_sid, "channel");
    else if (previous === undefined)
      fields.role_sid =
        inviteOf(context, parentSid, fields.identity)?.fields.role_sid ??
        (joined?.created_by === fields.identity
          ? settings?.default_channel_creator_role_sid
          : settings?.default_channel_role_sid) ??
        "";
    if (input["LastConsumedMessageIndex"] !== undefined && input["LastConsumptionTimestamp"] === undefined)
      fields.last_consumption_timestamp = isoDate(context.now);
    forgetGivenUpdate(draft);
    if (previous !== undefined || settings === undefined || joined === undefined) return;
    // A member that exists is told so even when there is no room.
    if (context.of(member).find("identity", fields.identity, parentSid) !== undefined) return;
    if (joined.members_count >= settings.limits.channel_members) throw limitExceeded("Channel members");
    const existing = context.of(user).find("identity", fields.identity, serviceSid);
    if (existing === undefined) return;
    if (context.of(userChannel).count(existing.sid) >= settings.limits.user_channels)
      throw limitExceeded("User channels");
  },
  afterCreate(joined, context) {
    const serviceSid = context.of(channel).get(joined.parentSid)?.parentSid ?? "";
    addUserChannel(context, serviceSid, joined);
    const followed = inviteOf(context, joined.parentSid, joined.fields.identity);
    if (followed !== undefined) context.of(invite).remove(followed);
    count(context, joined.parentSid, { members: 1 });
  },
  beforeDelete(left, context) {
    forget(context, left);
  },
});

function limitExceeded(limit: string): TwilioError {
  return new TwilioError(403, 50403, `${limit} limit exceeded`);
}
