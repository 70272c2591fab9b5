import { create } from "../../kernel/crud.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { sid, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { channelResource } from "./channel.ts";
import { channel, invite, member, service } from "./kinds.ts";
import { kept } from "./parameters.ts";
import { checkRole } from "./serviceRoles.ts";

export const inviteResource = resource(invite, {
  prefix: "IN",
  path: "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Invites",
  parent: channelResource,
  listKey: "invites",
  operations: ["fetch", "list", "delete"],
  maxPageSize: 100,
  parameters: {
    Identity: text({ on: "create", required: true }),
    RoleSid: kept(sid("RL", { on: "create" })),
  },
  unique: [{ field: "identity", taken: () => new TwilioError(409, 50212, "User already invited") }],
  indexed: ["role_sid"],
  filters: {
    Identity: {
      test:
        (identities) =>
        ({ fields }) =>
          identities.includes(fields.identity),
    },
  },
  beforeWrite({ fields, parentSid, input }, context) {
    const { parentSid: serviceSid = "" } = context.of(channel).get(parentSid) ?? {};
    if (input["RoleSid"] !== undefined) checkRole(context, serviceSid, fields.role_sid, "channel");
    else fields.role_sid = context.of(service).get(serviceSid)?.fields.default_channel_role_sid ?? "";
    if (context.of(member).find("identity", fields.identity, parentSid) !== undefined)
      throw new TwilioError(409, 50404, "Member already exists");
  },
});

/** Answers a create. */
export function createInvite(request: RequestContext): Reply {
  return create(request, {
    ...inviteResource,
    beforeWrite(draft, context) {
      inviteResource.beforeWrite(draft, context);
      draft.fields.created_by = request.person?.identity ?? "system";
    },
  });
}
