import { TwilioError } from "../../kernel/errors.ts";
import { sid, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { binding, member, service, user, userChannel } from "./kinds.ts";
import { removeMember } from "./membership.ts";
import { attributes, kept, refuseEmptyUpdate } from "./parameters.ts";
import { serviceResource } from "./service.ts";
import { checkRole } from "./serviceRoles.ts";

export const userResource = resource(user, {
  prefix: "US",
  path: "/v2/Services/{ServiceSid}/Users",
  parent: serviceResource,
  listKey: "users",
  maxPageSize: 100,
  parameters: {
    Identity: text({ on: "create", required: true }),
    RoleSid: kept(sid("RL")),
    Attributes: attributes,
    FriendlyName: text(),
  },
  unique: [{ field: "identity", taken: () => new TwilioError(409, 50201, "User already exists") }],
  indexed: ["role_sid"],
  alias: "identity",
  links: { user_channels: "/Channels", user_bindings: "/Bindings" },
  missing: (_reference, as) => (as === "parent" ? new TwilioError(404, 50200, "User not found") : undefined),
  render: (document, context) => ({
    // Nobody is connected to the local Twilio; without the feature Twilio does not tell.
    is_online:
      context.of(service).get(document.parentSid)?.fields.reachability_enabled === true ? false : null,
    is_notifiable: null,
    joined_channels_count: context.of(userChannel).count(document.sid),
  }),
  // Lists never tell who is online.
  renderInList: () => ({ is_online: null }),
  beforeWrite({ fields, parentSid, previous, input }, context) {
    refuseEmptyUpdate({ previous, input });
    if (input["RoleSid"] !== undefined) checkRole(context, parentSid, fields.role_sid, "deployment");
    else if (previous === undefined)
      fields.role_sid = context.of(service).get(parentSid)?.fields.default_service_role_sid ?? "";
  },
  beforeDelete(document, context) {
    for (const { fields } of context.of(userChannel).all(document.sid)) {
      const membership = context.of(member).get(fields.member_sid);
      if (membership !== undefined) removeMember(context, membership);
    }
    const where = { field: "user_sid", value: document.sid } as const;
    for (const device of context.of(binding).all(document.parentSid, where))
      context.of(binding).remove(device);
  },
});
