import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { addPhoneNumber, followNumbers, phoneNumber } from "./phoneNumber.ts";
import { service } from "./service.ts";

export const proxy: Product = {
  host: "proxy",
  dialect: versioned,
  operations: operationsOf("proxy.twilio.com"),
  resources: [service, phoneNumber],
  routes: [{ method: "POST", path: phoneNumber.path, handle: addPhoneNumber }],
  onChange: followNumbers,
};
