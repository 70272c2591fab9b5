import type { Operation, Product } from "./openapi.ts";

/** A parameter that Twilio takes otherwise than its OpenAPI document says. */
export interface ParameterCorrection {
  readonly product: Product;
  readonly operationIds: readonly string[];
  readonly parameter: string;
  /** Values that the document does not allow, and Twilio takes. */
  readonly accepts: RegExp;
  readonly reason: string;
  /** `twilio`: the types of the npm package, which know a parameter that the document lacks. */
  readonly source: "twilio" | `https://${string}`;
}

/** Every tolerated difference between parameters and the documents. */
export const parameterCorrections: readonly ParameterCorrection[] = [
  {
    product: "taskrouter_v1",
    operationIds: ["CreateActivity"],
    parameter: "Available",
    accepts: /^(1|yes|0|no)$/,
    reason: "1 and yes mean true, any other value false",
    source: "https://www.twilio.com/docs/taskrouter/api/activity",
  },
  {
    product: "conversations_v1",
    operationIds: ["CreateConfigurationAddress"],
    parameter: "Type",
    accepts: /^(sms|whatsapp|messenger|gbm|email|rcs|apple|chat)$/i,
    reason: "the case of the letters does not matter, as an example of the same document shows",
    source: "https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource",
  },
  {
    product: "conversations_v1",
    operationIds: ["CreateConfigurationAddress", "UpdateConfigurationAddress"],
    parameter: "AutoCreation.WebhookMethod",
    accepts: /^(get|post)$/i,
    reason: "the page's own example sends POST where the document has post",
    source: "https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource",
  },
  {
    product: "flex_v1",
    operationIds: ["UpdateInteractionChannel"],
    parameter: "Status",
    accepts: /^(pause|active)$/,
    reason: "Flex UI 2.17 pauses and resumes by these",
    source: "https://www.npmjs.com/package/@twilio/flex-ui",
  },
  {
    product: "api_v2010",
    operationIds: ["", "Local", "Mobile", "TollFree"].map((kind) => `ListIncomingPhoneNumber${kind}`),
    parameter: "PhoneNumber",
    accepts: /^\+?[\d*]+$/,
    reason: "a part of a number, or * for any digit, finds numbers too",
    source: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
  },
  {
    product: "proxy_v1",
    operationIds: ["CreateService", "UpdateService"],
    parameter: "GeoMatchLevel",
    accepts: /^extended-area-code$/,
    reason: "the documentation names extended-area-code where the document names overlay and radius",
    source: "https://www.twilio.com/docs/proxy/api/service",
  },
];

/** Whether Twilio takes a value that its document does not allow. */
export function isAccepted({ product, operationId }: Operation, name: string, value: string): boolean {
  return parameterCorrections.some(
    (correction) =>
      correction.product === product &&
      correction.operationIds.includes(operationId) &&
      correction.parameter === name &&
      correction.accepts.test(value),
  );
}
