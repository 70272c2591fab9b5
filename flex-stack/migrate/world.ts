import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import { opens, proxyServiceIn, type Reads } from "../diagnose/index.ts";

/** What the account has of one number, in both worlds. */
export interface World {
  readonly phoneNumber: string;
  readonly number: IncomingPhoneNumberInstance | undefined;
  /** The one that is on, else one that is off. */
  readonly flexFlow: FlexFlowInstance | undefined;
  readonly address: AddressConfigurationInstance | undefined;
  /** It is in the pool of Flex's Proxy service. */
  readonly isPooled: boolean;
  /** The Messaging Service whose sender it is. */
  readonly service: Awaited<ReturnType<Reads["messaging"]["serviceOf"]>>;
}

/** Reads what is there of a number: lists of the account, each read once for all numbers. */
export async function worldOf(phoneNumber: string, reads: Reads): Promise<World> {
  const [numbers, flows, addresses, pool] = await Promise.all([
    reads.messaging.numbers(),
    reads.flex.flows(),
    reads.conversations.addresses(),
    reads.proxy.numbers(),
  ]);
  const number = numbers.find((one) => one.phoneNumber === phoneNumber);
  const own = flows.filter((one) => one.channelType === "sms" && one.contactIdentity === phoneNumber);
  return {
    phoneNumber,
    number,
    flexFlow: own.find(({ enabled }) => enabled) ?? own[0],
    address: addresses.find((one) => one.address === phoneNumber && one.type.toLowerCase() === "sms"),
    isPooled: pool.some((one) => one.phoneNumber === phoneNumber),
    service: number && (await reads.messaging.serviceOf(number.sid)),
  };
}

/** What texts to a number do, as plain facts. */
export interface Wiring {
  /** The Flex Flow is on, off, or there is none. */
  readonly flexFlow: "on" | "off" | "none";
  readonly address: "on" | "off" | "none";
  readonly isPooled: boolean;
  /** Who gets them by the number's own settings. */
  readonly smsUrl: "proxy" | "empty" | "other";
  /** SID of the Messaging Service. */
  readonly service: string | undefined;
}

export function wiringOf({ number, flexFlow, address, isPooled, service }: World): Wiring {
  const { smsUrl = "", smsApplicationSid = "" } = number ?? {};
  const url = smsApplicationSid || smsUrl;
  return {
    flexFlow: flexFlow === undefined ? "none" : flexFlow.enabled ? "on" : "off",
    address: address === undefined ? "none" : opens(address) ? "on" : "off",
    isPooled,
    smsUrl: !url ? "empty" : !smsApplicationSid && proxyServiceIn(smsUrl) !== undefined ? "proxy" : "other",
    service: service?.sid,
  };
}
