import type { Product } from "../kernel/product.ts";
import { api } from "./api/api.ts";
import { chat } from "./chat/chat.ts";
import { conversations } from "./conversations/conversations.ts";
import { flex } from "./flex/flex.ts";
import { messaging } from "./messaging/messaging.ts";
import { proxy } from "./proxy/proxy.ts";
import { studio } from "./studio/studio.ts";
import { taskrouter } from "./taskrouter/taskrouter.ts";

/** Every product of the local Twilio. */
export const products: readonly Product[] = [
  api,
  chat,
  conversations,
  flex,
  messaging,
  proxy,
  studio,
  taskrouter,
];
