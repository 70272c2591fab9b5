import { twilio } from "./api.ts";

/** What Flex is made of in this account; null where it is not set up. */
export interface Flex {
  readonly flex_instance_sid: string | null;
  readonly chat_service_instance_sid: string | null;
  readonly taskrouter_workspace_sid: string | null;
}

/** The account, which stays the same as long as the local Twilio runs. */
export async function accountSid(): Promise<string> {
  const { accounts } = await twilio<{ accounts: { sid: string }[] }>(
    "GET",
    "api.twilio.com/2010-04-01/Accounts.json",
  );
  return accounts[0]?.sid ?? "";
}

/** Flex's configuration, which an `up` changes. */
export function flex(): Promise<Flex> {
  return twilio<Flex>("GET", "flex-api.twilio.com/v1/Configuration");
}
