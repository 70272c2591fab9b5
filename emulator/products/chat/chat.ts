import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { authorize } from "./authorization.ts";
import { bindingResource, userBindingResource } from "./binding.ts";
import { channelResource, listChannels } from "./channel.ts";
import { channelWebhookResource } from "./channelWebhook.ts";
import { credentialResource } from "./credential.ts";
import { createInvite, inviteResource } from "./invite.ts";
import { memberResource } from "./member.ts";
import { listMessages, messageResource } from "./message.ts";
import { roleResource } from "./role.ts";
import { serviceResource } from "./service.ts";
import { userResource } from "./user.ts";
import { leaveChannel, userChannelResource } from "./userChannel.ts";

export const chat: Product = {
  host: "chat",
  dialect: versioned,
  operations: operationsOf("chat.twilio.com"),
  resources: [
    serviceResource,
    roleResource,
    userResource,
    userChannelResource,
    userBindingResource,
    channelResource,
    memberResource,
    inviteResource,
    messageResource,
    channelWebhookResource,
    bindingResource,
    credentialResource,
  ],
  authorize,
  routes: [
    { method: "GET", path: channelResource.path, handle: listChannels },
    { method: "GET", path: messageResource.path, handle: listMessages },
    { method: "POST", path: inviteResource.path, handle: createInvite },
    { method: "DELETE", path: userChannelResource.instancePath, handle: leaveChannel },
  ],
};
