import { boolean, sid } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { service } from "../chat/kinds.ts";
import { kept } from "../chat/parameters.ts";
import { checkRole } from "../chat/serviceRoles.ts";
import { findService } from "./service.ts";
import { singletonRoutes } from "./singleton.ts";

const role = kept(sid("RL", { on: "update" }));

export const serviceConfigurationResource = resource(service, {
  prefix: "IS",
  path: "/v1/Services/{ChatServiceSid}/Configuration",
  listKey: "configuration",
  operations: [],
  parameters: {
    DefaultConversationCreatorRoleSid: { ...role, field: "default_channel_creator_role_sid" },
    DefaultConversationRoleSid: { ...role, field: "default_channel_role_sid" },
    DefaultChatServiceRoleSid: { ...role, field: "default_service_role_sid" },
    ReachabilityEnabled: boolean({ on: "update" }),
  },
  beforeWrite({ fields, previous, input }, context) {
    const serviceSid = previous?.sid ?? "";
    if (input["DefaultConversationCreatorRoleSid"] !== undefined)
      checkRole(context, serviceSid, fields.default_channel_creator_role_sid, "channel");
    if (input["DefaultConversationRoleSid"] !== undefined)
      checkRole(context, serviceSid, fields.default_channel_role_sid, "channel");
    if (input["DefaultChatServiceRoleSid"] !== undefined)
      checkRole(context, serviceSid, fields.default_service_role_sid, "deployment");
  },
});

/** The settings of a service that are the same in Chat. */
export const serviceConfigurationRoutes = singletonRoutes({
  resource: serviceConfigurationResource,
  owner: findService,
  body(fields, serviceSid) {
    const url = `https://conversations.twilio.com/v1/Services/${serviceSid}/Configuration`;
    return {
      chat_service_sid: serviceSid,
      default_conversation_creator_role_sid: fields.default_channel_creator_role_sid,
      default_conversation_role_sid: fields.default_channel_role_sid,
      default_chat_service_role_sid: fields.default_service_role_sid,
      reachability_enabled: fields.reachability_enabled,
      url,
      links: { notifications: `${url}/Notifications`, webhooks: `${url}/Webhooks` },
    };
  },
});
