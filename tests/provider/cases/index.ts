import type { Case } from "../case.ts";
import { api } from "./api.ts";
import { chat } from "./chat.ts";
import { conversations } from "./conversations.ts";
import { flex } from "./flex.ts";
import { messaging } from "./messaging.ts";
import { proxy } from "./proxy.ts";
import { studio } from "./studio.ts";
import { taskrouter } from "./taskrouter.ts";

/** At least one case of every type of resource. */
export const cases: readonly Case[] = [
  ...taskrouter,
  ...chat,
  ...studio,
  ...api,
  ...proxy,
  ...flex,
  ...messaging,
  ...conversations,
];
