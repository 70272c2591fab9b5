import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import { consolePage } from "./console-page.ts";
import type { Problem } from "./finding.ts";
import type { Reads } from "./reads/reads.ts";
import { numberOf, type Repair } from "./repair.ts";

const proxyWebhook =
  /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/(AC\w{32})\/Proxy\/(KS\w{32})\/Webhooks\/Message\/?$/;
const flowWebhook = /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/(AC\w{32})\/Flows\/(FW\w{32})\/?$/;

/** The Proxy service that a number's URL leads to. */
export function proxyServiceIn(url: string): string | undefined {
  return proxyWebhook.exec(url)?.[2];
}

/** What a number is bought with, and is given when it leaves a Proxy service. */
export const placeholder = /^https:\/\/demo\.twilio\.com\//;

/** Why texts to a number do not get to Flex's Proxy service; nothing when they do. */
export async function handlerProblem(
  number: IncomingPhoneNumberInstance,
  reads: Reads,
  repair: Repair,
): Promise<Problem | undefined> {
  const { sid, phoneNumber, smsUrl, smsApplicationSid } = number;
  const page = consolePage.number(sid);
  const declared = repair.declared(numberOf(phoneNumber));
  const isDeclared =
    declared?.["smsUrl"] === smsUrl && (declared["smsApplicationSid"] ?? "") === (smsApplicationSid || "");
  const toFlex = isDeclared
    ? "The stack's program declares it so: change it there, and provision the stack."
    : repair.or("Add the number in the Flex messaging manager", numberOf(phoneNumber));
  if (smsApplicationSid)
    return {
      cause: "number-application",
      sentence: `Messages to ${phoneNumber} go to the TwiML application ${smsApplicationSid}, not to Flex.`,
      fix: toFlex,
      page,
    };
  const service = await reads.messaging.serviceOf(sid);
  if (service !== undefined && !service.useInboundWebhookOnNumber)
    return {
      cause: "number-messaging-service",
      sentence: `Messages to ${phoneNumber} go to the Messaging Service ${service.sid}, which ${service.inboundRequestUrl ? `hands them to ${service.inboundRequestUrl}` : "has no InboundRequestUrl"}.`,
      fix: "Let the Messaging Service leave inbound messages to the number's own webhook.",
      page,
    };
  if (!smsUrl || placeholder.test(smsUrl))
    return {
      cause: "number-no-handler",
      sentence: `${phoneNumber} has ${smsUrl ? "only Twilio's placeholder as SmsUrl" : "no SmsUrl"}: nobody gets its messages.`,
      fix: toFlex,
      page,
    };
  const [, proxyAccount, proxySid] = proxyWebhook.exec(smsUrl) ?? [];
  const [, , flowSid] = flowWebhook.exec(smsUrl) ?? [];
  if (proxySid === undefined)
    return {
      cause: "number-other-handler",
      sentence:
        flowSid === undefined
          ? `Messages to ${phoneNumber} are handed to ${smsUrl}, not to Flex.`
          : `Messages to ${phoneNumber} are handed to the Studio flow ${flowSid}, not to Flex's Proxy service.`,
      fix: `${toFlex} With a handler of your own, look in its log.`,
      page,
    };
  const { proxyServiceSid } = reads.place;
  const { accountSid } = reads.account;
  if (proxyAccount !== accountSid || (proxyServiceSid !== undefined && proxySid !== proxyServiceSid))
    return {
      cause: "number-other-proxy",
      sentence: `Messages to ${phoneNumber} are handed to Proxy service ${proxySid}, which is not Flex's.`,
      fix: toFlex,
      page,
    };
  return undefined;
}
