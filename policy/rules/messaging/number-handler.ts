import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";
import { mayOpenConversations } from "./opening-address.ts";

const proxyWebhook =
  /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC[0-9a-f]{32}\/Proxy\/(KS[0-9a-f]{32})\/Webhooks\/Message\b/;

/** The Proxy service whose webhook a URL is: there Flex's own handling of a number starts. */
export function proxyServiceOf(url: unknown): string | undefined {
  return proxyWebhook.exec(textOf(url) ?? "")?.[1];
}

/** Whether Twilio itself is behind a URL: Proxy, Studio or Flex. */
export function isTwilioHandler(url: unknown): boolean {
  const text = textOf(url);
  return text !== undefined && URL.canParse(text) && /(^|\.)twilio\.com$/.test(new URL(text).hostname);
}

export interface HandledNumber {
  readonly resource: PlannedResource<"twilio:api:IncomingPhoneNumber">;
  readonly phoneNumber: string;
  /** `flex`: its messages go into Flex's Proxy service; `custom`: to a URL or an application of somebody's own. */
  readonly kind: "flex" | "custom";
  /** The property that says so. Where there are both, Twilio takes the application. */
  readonly handler: "smsUrl" | "smsApplicationSid";
}

/**
 * The numbers that are handled by what they point at, where that is known. One whose texts open conversations is none of
 * these, whatever it points at: conversations-answers-alone looks at it.
 */
export function handledNumbers(plan: Plan): HandledNumber[] {
  return plan.of("twilio:api:IncomingPhoneNumber").flatMap((resource): HandledNumber[] => {
    const phoneNumber = textOf(resource.properties.phoneNumber);
    const url = textOf(resource.properties.smsUrl);
    if (!phoneNumber || mayOpenConversations(plan, phoneNumber)) return [];
    if (textOf(resource.properties.smsApplicationSid))
      return [{ resource, phoneNumber, kind: "custom", handler: "smsApplicationSid" }];
    if (!url) return [];
    const kind = proxyServiceOf(url) === undefined ? "custom" : "flex";
    return [{ resource, phoneNumber, kind, handler: "smsUrl" }];
  });
}

/** The places of a number in pools of Proxy services, by number or SID. */
export function poolPlacesOf(
  plan: Plan,
  phoneNumber: string,
  numberSid: unknown,
): PlannedResource<"twilio:proxy:PhoneNumber">[] {
  return plan.of("twilio:proxy:PhoneNumber").filter(({ properties }) => {
    const own = textOf(numberSid);
    const named = properties.phoneNumber === phoneNumber;
    return named || (own !== undefined && [properties.phoneNumberSid, properties.sid].includes(own));
  });
}
