import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { channel, createChannel, createWebChannel, webChannel } from "./channel.ts";
import { configuration, fetchConfiguration, updateConfiguration } from "./configuration.ts";
import { flexFlow } from "./flexFlow.ts";

export const flex: Product = {
  host: "flex-api",
  dialect: versioned,
  operations: operationsOf("flex-api.twilio.com"),
  resources: [flexFlow, channel, webChannel, configuration],
  routes: [
    { method: "GET", path: configuration.path, handle: fetchConfiguration },
    { method: "POST", path: configuration.path, body: "json", handle: updateConfiguration },
    { method: "POST", path: channel.path, handle: createChannel },
    { method: "POST", path: webChannel.path, handle: createWebChannel },
  ],
};
