import type { Change, Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findParentSid, readInput, render } from "../../kernel/crud.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { sid } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { incomingPhoneNumber } from "../api/incomingPhoneNumber.ts";
import { countryOf } from "./country.ts";
import { service } from "./service.ts";

/** A number in the sender pool of a service; its SID is that of the account's number. */
export interface PhoneNumber {
  phone_number: string;
}

export const phoneNumber: Resource<PhoneNumber> = resource<PhoneNumber>({
  kind: "messaging.PhoneNumber",
  prefix: "PN",
  path: "/v1/Services/{ServiceSid}/PhoneNumbers",
  parent: () => service,
  listKey: "phone_numbers",
  operations: ["fetch", "list", "delete"],
  parameters: { PhoneNumberSid: sid("PN", { on: "create", required: true }) },
  render: ({ fields }) => ({
    country_code: countryOf(fields.phone_number),
    capabilities: ["MMS", "SMS", "Voice"],
  }),
});

/** Answers a create: adds one of the account's numbers. */
export function addPhoneNumber(request: RequestContext): Reply {
  const { context } = request;
  const serviceSid = findParentSid(request, phoneNumber);
  const numberSid = String(readInput(request, phoneNumber, "create")["PhoneNumberSid"]);
  const number = context.of(incomingPhoneNumber).get(numberSid);
  if (number === undefined) throw invalid(`Phone number ${numberSid} does not exist in this account`);
  refuseTaken(context, serviceSid, number);
  const fields = { phone_number: number.fields.phone_number };
  const added = context.of(phoneNumber).insert(serviceSid, fields, number.sid);
  return { status: 201, body: render(added, phoneNumber, request) };
}

/** Takes a number that leaves the account out of its service. */
export function followNumbers(change: Change, context: Context): void {
  if (change.action !== "delete" || change.resource.kind !== incomingPhoneNumber.kind) return;
  const pooled = context.of(phoneNumber).get(change.before.sid);
  if (pooled !== undefined) context.of(phoneNumber).remove(pooled);
}

function refuseTaken(context: Context, serviceSid: string, { sid: numberSid }: Document<object>): void {
  const holder = context.of(phoneNumber).get(numberSid)?.parentSid;
  if (holder === undefined) return;
  throw holder === serviceSid
    ? new TwilioError(409, 21710, "Phone Number or Short Code is already in the Messaging Service.")
    : new TwilioError(409, 21712, "Phone Number or Short Code is associated with another Messaging Service.");
}
