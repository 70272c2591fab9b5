import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { authorize } from "./authorization.ts";
import { channel, listChannels } from "./channel.ts";
import { channelWebhook } from "./channelWebhook.ts";
import { member } from "./member.ts";
import { listMessages, message } from "./message.ts";
import { role } from "./role.ts";
import { service } from "./service.ts";
import { user } from "./user.ts";
import { userChannel } from "./userChannel.ts";

export const chat: Product = {
  host: "chat",
  dialect: versioned,
  operations: operationsOf("chat.twilio.com"),
  resources: [service, role, user, userChannel, channel, member, message, channelWebhook],
  authorize,
  routes: [
    { method: "GET", path: channel.path, handle: listChannels },
    { method: "GET", path: message.path, handle: listMessages },
  ],
};
