import { api2010 } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { account } from "./account.ts";
import { incomingPhoneNumber, phoneNumberTypes } from "./incomingPhoneNumber.ts";
import { createKey, key } from "./key.ts";

export const api: Product = {
  host: "api",
  dialect: api2010,
  operations: operationsOf("api.twilio.com"),
  resources: [account, key, incomingPhoneNumber],
  routes: [
    { method: "POST", path: "/2010-04-01/Accounts/{AccountSid}/Keys.json", handle: createKey },
    ...phoneNumberTypes,
  ],
};
