import type { Product } from "../kernel/product.ts";
import { api } from "./api/api.ts";
import { chat } from "./chat/chat.ts";
import { taskrouter } from "./taskrouter/taskrouter.ts";

/** Every product of the local Twilio. */
export const products: readonly Product[] = [api, chat, taskrouter];
