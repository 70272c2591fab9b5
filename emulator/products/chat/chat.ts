import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { authorize } from "./authorization.ts";
import { binding, userBinding } from "./binding.ts";
import { channel, listChannels } from "./channel.ts";
import { channelWebhook } from "./channelWebhook.ts";
import { credential } from "./credential.ts";
import { createInvite, invite } from "./invite.ts";
import { member } from "./member.ts";
import { listMessages, message } from "./message.ts";
import { role } from "./role.ts";
import { service } from "./service.ts";
import { user } from "./user.ts";
import { leaveChannel, userChannel } from "./userChannel.ts";

export const chat: Product = {
  host: "chat",
  dialect: versioned,
  operations: operationsOf("chat.twilio.com"),
  resources: [
    service,
    role,
    user,
    userChannel,
    userBinding,
    channel,
    member,
    invite,
    message,
    channelWebhook,
    binding,
    credential,
  ],
  authorize,
  routes: [
    { method: "GET", path: channel.path, handle: listChannels },
    { method: "GET", path: message.path, handle: listMessages },
    { method: "POST", path: invite.path, handle: createInvite },
    { method: "DELETE", path: userChannel.instancePath, handle: leaveChannel },
  ],
};
