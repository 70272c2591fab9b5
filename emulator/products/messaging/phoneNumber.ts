import type { Change, Context } from "../../kernel/context.ts";
import { findParentSid, readInput, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { sid } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { incomingPhoneNumber } from "../api/kinds.ts";
import { countryOf } from "./country.ts";
import { phoneNumber } from "./kinds.ts";
import { serviceResource } from "./service.ts";

export const phoneNumberResource = resource(phoneNumber, {
  prefix: "PN",
  path: "/v1/Services/{ServiceSid}/PhoneNumbers",
  parent: serviceResource,
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
  const serviceSid = findParentSid(request, phoneNumberResource);
  const numberSid = String(readInput(request, phoneNumberResource, "create")["PhoneNumberSid"]);
  const number = context.of(incomingPhoneNumber).get(numberSid);
  if (number === undefined) throw invalid(`Phone number ${numberSid} does not exist in this account`);
  refuseTaken(context, serviceSid, number);
  const fields = { phone_number: number.fields.phone_number };
  const added = context.of(phoneNumber).insert(serviceSid, fields, number.sid);
  return { status: 201, body: render(added, phoneNumberResource, request) };
}

/** Takes a number that leaves the account out of its service. */
export function followNumbers(change: Change, context: Context): void {
  if (change.action !== "delete" || change.kind !== incomingPhoneNumber.kind) return;
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
