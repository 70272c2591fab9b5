import { sid } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { service } from "../chat/kinds.ts";
import { defaultService, noConfiguration, serviceMissing } from "./defaultService.ts";
import { closedMinutes, inactiveMinutes, timer } from "./duration.ts";
import { configuration } from "./kinds.ts";
import { singletonRoutes } from "./singleton.ts";

export const configurationResource = resource(configuration, {
  prefix: "AC",
  path: "/v1/Configuration",
  listKey: "configuration",
  operations: [],
  parameters: {
    DefaultChatServiceSid: sid("IS"),
    DefaultMessagingServiceSid: sid("MG"),
    DefaultInactiveTimer: timer(inactiveMinutes),
    DefaultClosedTimer: timer(closedMinutes),
  },
  beforeWrite({ fields, input }, context) {
    const chosen = fields.default_chat_service_sid;
    if (input["DefaultChatServiceSid"] === undefined || chosen === null) return;
    if (context.of(service).get(chosen) === undefined) throw serviceMissing(chosen);
  },
});

export const configurationRoutes = singletonRoutes({
  resource: configurationResource,
  owner: ({ context }) => context.accountSid,
  unset: noConfiguration,
  body(fields, accountSid, context) {
    const chosen = defaultService(context)?.sid ?? null;
    const origin = "https://conversations.twilio.com/v1";
    return {
      account_sid: accountSid,
      ...fields,
      default_chat_service_sid: chosen,
      url: `${origin}/Configuration`,
      links: {
        ...(chosen === null ? {} : { service: `${origin}/Services/${chosen}/Configuration` }),
        webhooks: `${origin}/Configuration/Webhooks`,
      },
    };
  },
});
