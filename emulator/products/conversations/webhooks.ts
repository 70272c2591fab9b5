import { list, oneOf, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { events } from "./event.ts";
import { accountWebhooks, serviceWebhooks } from "./kinds.ts";
import { findService } from "./service.ts";
import { singletonRoutes } from "./singleton.ts";

const parameters = {
  PreWebhookUrl: url(),
  PostWebhookUrl: url(),
  Method: oneOf(["GET", "POST"]),
  Filters: list(oneOf(events)),
} as const;

export const accountWebhooksResource = resource(accountWebhooks, {
  prefix: "AC",
  path: "/v1/Configuration/Webhooks",
  listKey: "webhooks",
  operations: [],
  parameters: { ...parameters, Target: oneOf(["webhook", "flex"]) },
});

export const serviceWebhooksResource = resource(serviceWebhooks, {
  prefix: "IS",
  path: "/v1/Services/{ChatServiceSid}/Configuration/Webhooks",
  listKey: "webhooks",
  operations: [],
  parameters,
});

const nobody = { pre_webhook_url: null, post_webhook_url: null, filters: null };

export const accountWebhooksRoutes = singletonRoutes({
  resource: accountWebhooksResource,
  owner: ({ context }) => context.accountSid,
  unset: { ...nobody, method: "POST", target: "webhook" },
  body: (fields, accountSid) => ({
    account_sid: accountSid,
    ...fields,
    url: "https://conversations.twilio.com/v1/Configuration/Webhooks",
  }),
});

export const serviceWebhooksRoutes = singletonRoutes({
  resource: serviceWebhooksResource,
  owner: findService,
  unset: { ...nobody, method: null },
  body: (fields, serviceSid, { accountSid }) => ({
    account_sid: accountSid,
    chat_service_sid: serviceSid,
    ...fields,
    url: `https://conversations.twilio.com/v1/Services/${serviceSid}/Configuration/Webhooks`,
  }),
});
