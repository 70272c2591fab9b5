import type { Context } from "../../kernel/context.ts";
import { invalid, type TwilioError } from "../../kernel/errors.ts";
import { phoneNumber as poolNumber } from "../messaging/kinds.ts";
import { incomingPhoneNumber } from "./kinds.ts";
import { hasOptedOut } from "./optOut.ts";

/** Twilio's magic receivers for tests, and what is said of them. */
const magic: Readonly<Record<string, readonly [code: number, reason: string]>> = {
  "+15005550001": [21211, "is not a valid phone number."],
  "+15005550002": [21612, "is not currently reachable via SMS."],
  "+15005550003": [21408, "is in a region that messages may not be sent to."],
  "+15005550009": [21614, "is not a mobile number."],
};

const e164 = /^\+[1-9]\d{6,14}$/;

/** The number that a message goes out from: the given one, or one of the service's. @throws TwilioError */
export function chooseSender(
  context: Context,
  to: string,
  from: string | undefined,
  serviceSid: string | undefined,
): string {
  if (!e164.test(to)) throw invalid(`Invalid 'To' Phone Number: ${to.slice(0, 64)}`, 21211);
  if (from === undefined && serviceSid === undefined)
    throw invalid("A 'From' phone number is required.", 21603);
  if (from !== undefined && !e164.test(from))
    throw invalid(`Invalid From Number (caller ID): ${from.slice(0, 64)}`, 21212);
  if (serviceSid === undefined) {
    const refusal = refusalOfSender(context, from ?? "");
    if (refusal !== undefined) throw refusal;
    return from ?? "";
  }
  const pool = context.of(poolNumber).all(serviceSid);
  if (from === undefined) {
    const [first] = pool;
    if (first !== undefined) return first.fields.phone_number;
    throw invalid("The Messaging Service does not have a phone number available to send a message.", 21703);
  }
  if (pool.some(({ fields }) => fields.phone_number === from)) return from;
  throw invalid(`The 'From' phone number provided (${from}) is not in the Messaging Service.`, 21712);
}

/** Why nothing may be sent from a number that was the account's once; nothing when it still is. */
export function refusalOfSender(context: Context, from: string): TwilioError | undefined {
  if (isOwned(context, from)) return undefined;
  const number = `The 'From' phone number provided (${from})`;
  return invalid(`${number} is not a valid message-capable Twilio phone number for this account.`, 21606);
}

/** @throws TwilioError when nothing may be sent to the receiver */
export function refuseReceiver(context: Context, from: string, to: string): void {
  const refusal = refusalOfReceiver(context, from, to);
  if (refusal !== undefined) throw refusal;
}

/** Why nothing may be sent to a receiver; nothing when it may. */
export function refusalOfReceiver(context: Context, from: string, to: string): TwilioError | undefined {
  const refusal = magic[to];
  if (refusal !== undefined) return invalid(`The 'To' number ${to} ${refusal[1]}`, refusal[0]);
  if (to === from) return invalid("The 'To' and 'From' numbers can't be the same.", 21266);
  if (hasOptedOut(context, to, from))
    return invalid("The message From/To pair violates a blacklist rule.", 21610);
  return undefined;
}

/** Whether the account has the number. */
export function isOwned(context: Context, number: string): boolean {
  return context.of(incomingPhoneNumber).find("phone_number", number) !== undefined;
}
