import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { Circumstances } from "../case.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { channelTypeOf } from "../journey.ts";
import { proxyServiceIn } from "../number-handler.ts";
import { numberOf } from "../repair.ts";

type Given = Pick<Circumstances, "reads" | "repair" | "cleanUp">;

/** Who else gets the texts to a number whose Address opens conversations; nothing when nobody does. */
export async function secondHandler(
  given: Given,
  phoneNumber: string,
  addressSid: string,
): Promise<Problem | undefined> {
  if (channelTypeOf(phoneNumber) !== "sms") return undefined;
  const number = await given.reads.messaging.number(phoneNumber);
  return number && secondHandlerOf(given, number, addressSid);
}

/** The same, of a number that was read. */
export async function secondHandlerOf(
  { reads, repair, cleanUp }: Given,
  { sid, phoneNumber, smsUrl, smsApplicationSid }: IncomingPhoneNumberInstance,
  addressSid: string,
): Promise<Problem | undefined> {
  const begin = `Messages to ${phoneNumber} open conversations by address ${addressSid}, and may go to`;
  const page = consolePage.number(sid);
  const number = numberUrl(reads.account.accountSid, sid);
  const service = await reads.messaging.serviceOf(sid);
  if (service !== undefined && !service.useInboundWebhookOnNumber) {
    if (!service.inboundRequestUrl) return undefined;
    return {
      cause: "number-two-handlers",
      sentence: `${begin} ${service.inboundRequestUrl} of Messaging Service ${service.sid} as well: the customer gets two answers.`,
      fix: "Empty the InboundRequestUrl of that service, or disable the address.",
      page,
    };
  }
  const proxySid = smsApplicationSid ? undefined : proxyServiceIn(smsUrl);
  if (proxySid !== undefined) {
    // Leaving the pool writes Twilio's placeholder, which answers customers by itself; open sessions keep it in (80611).
    const pooled = await reads.proxy.number(sid);
    const isInUse = (pooled?.inUse ?? 0) > 0;
    const leave =
      pooled &&
      !isInUse &&
      cleanUp.remove(`https://proxy.twilio.com/v1/Services/${pooled.serviceSid}/PhoneNumbers/${sid}`);
    const empty = cleanUp.change(number, [["SmsUrl", ""]]);
    return {
      cause: "proxy-beside-address",
      sentence: `${begin} Proxy service ${proxySid} as well: the customer gets two conversations, and two agents a task each.`,
      fix: repair.or(
        isInUse
          ? "Empty its SmsUrl, or disable the address. Take the number out of the pool of that service once its sessions are closed"
          : "Take the number out of the pool of that service and empty its SmsUrl, or disable the address",
        numberOf(phoneNumber),
      ),
      page,
      command: leave ? `${leave} && ${empty}` : empty,
    };
  }
  const also = smsApplicationSid || smsUrl;
  if (!also) return undefined;
  return {
    cause: "number-two-handlers",
    sentence: `${begin} ${also} as well: the customer gets two answers.`,
    fix: repair.or("Empty its SmsUrl, or disable the address", numberOf(phoneNumber)),
    page,
    command: cleanUp.change(number, [[smsApplicationSid ? "SmsApplicationSid" : "SmsUrl", ""]]),
  };
}

function numberUrl(accountSid: string, sid: string): string {
  return `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`;
}
