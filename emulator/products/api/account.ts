import { oneOf, text } from "../../kernel/parameter.ts";
import { resource, type Resource } from "../../kernel/resource.ts";

export interface Account {
  friendly_name: string;
  status: string;
  type: string;
  auth_token: string;
}

const path = "/2010-04-01/Accounts/{Sid}";

export const account: Resource<Account> = resource<Account>({
  kind: "api.Account",
  prefix: "AC",
  path: "/2010-04-01/Accounts.json",
  listKey: "accounts",
  // The local Twilio has one account; making subaccounts answers 501.
  operations: ["fetch", "list", "update"],
  parameters: {
    FriendlyName: text({ on: "update", max: 64 }),
    Status: oneOf(["active", "suspended", "closed"], { on: "update" }),
  },
  filters: { FriendlyName: { field: "friendly_name" }, Status: { field: "status" } },
  hidden: ["account_sid"],
  links: {
    available_phone_numbers: `${path}/AvailablePhoneNumbers.json`,
    calls: `${path}/Calls.json`,
    incoming_phone_numbers: `${path}/IncomingPhoneNumbers.json`,
    keys: `${path}/Keys.json`,
    messages: `${path}/Messages.json`,
  },
  render: ({ sid }) => ({ owner_account_sid: sid }),
});
