import { oneOf, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { account } from "./kinds.ts";

const path = "/2010-04-01/Accounts/{Sid}";

export const accountResource = resource(account, {
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
    addresses: `${path}/Addresses.json`,
    applications: `${path}/Applications.json`,
    authorized_connect_apps: `${path}/AuthorizedConnectApps.json`,
    available_phone_numbers: `${path}/AvailablePhoneNumbers.json`,
    balance: `${path}/Balance.json`,
    calls: `${path}/Calls.json`,
    conferences: `${path}/Conferences.json`,
    connect_apps: `${path}/ConnectApps.json`,
    incoming_phone_numbers: `${path}/IncomingPhoneNumbers.json`,
    keys: `${path}/Keys.json`,
    messages: `${path}/Messages.json`,
    notifications: `${path}/Notifications.json`,
    outgoing_caller_ids: `${path}/OutgoingCallerIds.json`,
    queues: `${path}/Queues.json`,
    recordings: `${path}/Recordings.json`,
    short_codes: `${path}/SMS/ShortCodes.json`,
    signing_keys: `${path}/SigningKeys.json`,
    sip: `${path}/SIP.json`,
    transcriptions: `${path}/Transcriptions.json`,
    usage: `${path}/Usage.json`,
  },
  render: ({ sid }) => ({ owner_account_sid: sid }),
});
