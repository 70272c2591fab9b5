import { api2010 } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { accountResource } from "./account.ts";
import { incomingPhoneNumberResource, phoneNumberTypes } from "./incomingPhoneNumber.ts";
import { availablePhoneNumbers } from "./availablePhoneNumber.ts";
import { createKey, keyResource } from "./key.ts";
import { fetchContent, mediaResource } from "./media.ts";
import { optOutResource } from "./optOut.ts";
import { createMessage, messageResource, updateMessage } from "./message.ts";

const messages = "/2010-04-01/Accounts/{AccountSid}/Messages";

export const api: Product = {
  host: "api",
  dialect: api2010,
  operations: operationsOf("api.twilio.com"),
  resources: [
    accountResource,
    keyResource,
    incomingPhoneNumberResource,
    messageResource,
    mediaResource,
    optOutResource,
  ],
  routes: [
    { method: "POST", path: "/2010-04-01/Accounts/{AccountSid}/Keys.json", handle: createKey },
    { method: "POST", path: `${messages}.json`, handle: createMessage },
    { method: "POST", path: `${messages}/{Sid}.json`, handle: updateMessage },
    // The content itself is no part of the documents, which know its description (`.json`) only.
    { method: "GET", path: `${messages}/{MessageSid}/Media/{Sid}`, handle: fetchContent },
    ...phoneNumberTypes,
    ...availablePhoneNumbers,
  ],
};
