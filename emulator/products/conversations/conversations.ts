import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { addressResource, forgetReleased } from "./address.ts";

export const conversations: Product = {
  host: "conversations",
  dialect: versioned,
  operations: operationsOf("conversations.twilio.com"),
  resources: [addressResource],
  onChange: forgetReleased,
};
