import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { addPhoneNumber, followNumbers, phoneNumberResource } from "./phoneNumber.ts";
import { serviceResource } from "./service.ts";

export const messaging: Product = {
  host: "messaging",
  dialect: versioned,
  operations: operationsOf("messaging.twilio.com"),
  resources: [serviceResource, phoneNumberResource],
  routes: [{ method: "POST", path: phoneNumberResource.path, handle: addPhoneNumber }],
  onChange: followNumbers,
};
