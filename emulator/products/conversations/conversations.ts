import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { routesOf } from "../../kernel/crud.ts";
import { operationsOf } from "../../operations.ts";
import { addressResource, forgetReleased } from "./address.ts";
import { configurationResource, configurationRoutes } from "./configuration.ts";
import { roleView } from "./role.ts";
import { createService, serviceView } from "./service.ts";
import { serviceConfigurationRoutes } from "./serviceConfiguration.ts";
import { serviceNotificationsRoutes } from "./serviceNotifications.ts";
import { userView } from "./user.ts";
import {
  accountWebhooksResource,
  accountWebhooksRoutes,
  serviceWebhooksResource,
  serviceWebhooksRoutes,
} from "./webhooks.ts";

export const conversations: Product = {
  host: "conversations",
  dialect: versioned,
  operations: operationsOf("conversations.twilio.com"),
  resources: [addressResource, configurationResource, accountWebhooksResource, serviceWebhooksResource],
  // What Chat stores is Chat's resource: Conversations only has other paths and names for it.
  routes: [
    ...configurationRoutes,
    ...accountWebhooksRoutes,
    ...routesOf(serviceView),
    { method: "POST", path: serviceView.path, handle: createService },
    ...serviceConfigurationRoutes,
    ...serviceNotificationsRoutes,
    ...serviceWebhooksRoutes,
    ...roleView.routes,
    ...userView.routes,
  ],
  onChange: forgetReleased,
};
