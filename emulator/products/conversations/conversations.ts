import { routesOf } from "../../kernel/crud.ts";
import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { addressResource, forgetReleased } from "./address.ts";
import { bindingResource, forgetBindings } from "./binding.ts";
import { configurationResource, configurationRoutes } from "./configuration.ts";
import { conversationView } from "./conversation.ts";
import { messageView, wakeUp } from "./message.ts";
import { participantView } from "./participant.ts";
import { participantConversationRoutes } from "./participantConversation.ts";
import { credentialView, pushBindingView } from "./push.ts";
import { receiptResource, receiptView } from "./receipt.ts";
import { roleView } from "./role.ts";
import { scopedWebhookResource, scopedWebhookView } from "./scopedWebhook.ts";
import { createService, serviceView } from "./service.ts";
import { serviceConfigurationRoutes } from "./serviceConfiguration.ts";
import { serviceNotificationsRoutes } from "./serviceNotifications.ts";
import { conversationResource } from "./state.ts";
import { userView } from "./user.ts";
import { userConversationView } from "./userConversation.ts";
import { withParticipantsRoutes } from "./withParticipants.ts";
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
  resources: [
    addressResource,
    configurationResource,
    accountWebhooksResource,
    serviceWebhooksResource,
    conversationResource,
    bindingResource,
    scopedWebhookResource,
    receiptResource,
  ],
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
    ...conversationView.routes,
    ...participantView.routes,
    ...messageView.routes,
    ...receiptView.routes,
    ...scopedWebhookView.routes,
    ...participantConversationRoutes,
    ...userConversationView.routes,
    ...withParticipantsRoutes,
    ...routesOf(credentialView),
    ...routesOf(pushBindingView),
  ],
  onChange(change, context) {
    forgetReleased(change, context);
    forgetBindings(change, context);
    wakeUp(change, context);
  },
};
