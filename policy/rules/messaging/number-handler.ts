import type { PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";

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

/** The numbers whose handler is known. */
export function handledNumbers(
  numbers: readonly PlannedResource<"twilio:api:IncomingPhoneNumber">[],
): HandledNumber[] {
  return numbers.flatMap((resource): HandledNumber[] => {
    const phoneNumber = textOf(resource.properties.phoneNumber);
    const url = textOf(resource.properties.smsUrl);
    if (!phoneNumber) return [];
    if (textOf(resource.properties.smsApplicationSid))
      return [{ resource, phoneNumber, kind: "custom", handler: "smsApplicationSid" }];
    if (!url) return [];
    const kind = proxyServiceOf(url) === undefined ? "custom" : "flex";
    return [{ resource, phoneNumber, kind, handler: "smsUrl" }];
  });
}
