import type { Reply } from "../../kernel/request.ts";

/** Answers how far the set-up of Flex's e-mail channel is: the local Twilio has no e-mail. */
export function fetchProvisioningStatus(): Reply {
  const url = "https://flex-api.twilio.com/v1/account/provision/status";
  return { status: 200, body: { status: "not-configured", url } };
}
