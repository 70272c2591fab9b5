import { sid, text } from "../../kernel/parameter.ts";
import { service, user } from "../chat/kinds.ts";
import { attributes, kept } from "../chat/parameters.ts";
import { checkRole } from "../chat/serviceRoles.ts";
import { userResource } from "../chat/user.ts";
import { inBothForms } from "./forms.ts";
import { serviceView } from "./service.ts";

/** Chat's users. */
export const userView = inBothForms(user, (base) => ({
  prefix: "US",
  path: `${base}/Users`,
  parent: serviceView,
  listKey: "users",
  maxPageSize: 100,
  parameters: {
    Identity: text({ on: "create", required: true }),
    FriendlyName: text(),
    Attributes: attributes,
    RoleSid: kept(sid("RL")),
  },
  alias: "identity",
  links: { user_conversations: "/Conversations" },
  render: ({ parentSid }, context) => ({
    chat_service_sid: parentSid,
    // Nobody is connected to the local Twilio; without the feature Twilio does not tell.
    is_online: context.of(service).get(parentSid)?.fields.reachability_enabled === true ? false : null,
    is_notifiable: null,
  }),
  beforeWrite({ fields, parentSid, previous, input }, context) {
    if (input["RoleSid"] !== undefined) checkRole(context, parentSid, fields.role_sid, "deployment");
    else if (previous === undefined)
      fields.role_sid = context.of(service).get(parentSid)?.fields.default_service_role_sid ?? "";
  },
  beforeDelete: userResource.beforeDelete,
}));
