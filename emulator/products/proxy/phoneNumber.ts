import type { Change, Context } from "../../kernel/context.ts";
import { findParentSid, readInput, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { boolean, sid, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { incomingPhoneNumber, type IncomingPhoneNumber } from "../api/kinds.ts";
import { countryOf } from "../messaging/country.ts";
import { participant, phoneNumber, session, type Session } from "./kinds.ts";
import { releaseNumber, setUrls } from "./numberUrls.ts";
import { isActive } from "./pair.ts";
import { serviceResource } from "./service.ts";

export const phoneNumberResource = resource(phoneNumber, {
  prefix: "PN",
  path: "/v1/Services/{ServiceSid}/PhoneNumbers",
  parent: serviceResource,
  listKey: "phone_numbers",
  operations: ["fetch", "list", "update", "delete"],
  parameters: {
    Sid: sid("PN", { on: "create", field: null }),
    PhoneNumber: text({ on: "create", field: null }),
    IsReserved: boolean({ default: false }),
  },
  missing: () => new TwilioError(400, 80407, "Invalid Phone Number Sid"),
  render: ({ sid: numberSid, parentSid, fields }, context) => ({
    friendly_name: context.of(incomingPhoneNumber).get(numberSid)?.fields.friendly_name ?? null,
    iso_country: countryOf(fields.phone_number),
    capabilities: {
      sms_inbound: true,
      sms_outbound: true,
      mms_inbound: true,
      mms_outbound: true,
      voice_inbound: true,
      voice_outbound: true,
    },
    in_use: openSessionsOf(context, parentSid, fields.phone_number),
  }),
  beforeDelete({ sid: numberSid, parentSid, fields }, context) {
    if (openSessionsOf(context, parentSid, fields.phone_number) > 0)
      throw invalid("PhoneNumber is in use by an active Session and can't be removed", 80611);
    releaseNumber(context, numberSid);
  },
});

/** How many sessions a number carries messages of. */
function openSessionsOf(context: Context, serviceSid: string, number: string): number {
  const uses = (within: Document<Session>): boolean =>
    context
      .of(participant)
      .all(within.sid)
      .some(({ fields }) => fields.active_pair !== null && fields.proxy_identifier === number);
  return context
    .of(session)
    .all(serviceSid)
    .filter((one) => isActive(one) && uses(one)).length;
}

/** Answers a create: adds one of the account's numbers, whose messages and calls then go to Proxy. */
export function addPhoneNumber(request: RequestContext): Reply {
  const { context } = request;
  const serviceSid = findParentSid(request, phoneNumberResource);
  const input = readInput(request, phoneNumberResource, "create");
  const number = find(context, input["Sid"], input["PhoneNumber"]);
  const holder = context.of(phoneNumber).get(number.sid)?.parentSid;
  if (holder === serviceSid) throw invalid("PhoneNumber has already been added to Service", 80104);
  if (holder !== undefined) throw invalid("PhoneNumber has already been added to another Service", 80101);
  const fields = {
    phone_number: number.fields.phone_number,
    is_reserved: input["IsReserved"] === true,
  };
  const added = context.of(phoneNumber).insert(serviceSid, fields, number.sid);
  const webhooks = `https://webhooks.twilio.com/v1/Accounts/${context.accountSid}/Proxy/${serviceSid}/Webhooks`;
  setUrls(context, number, `${webhooks}/Message`, `${webhooks}/Call`);
  return { status: 201, body: render(added, phoneNumberResource, request) };
}

/** Takes a number that leaves the account out of its pool. */
export function followNumbers(change: Change, context: Context): void {
  if (change.action !== "delete" || change.kind !== incomingPhoneNumber.kind) return;
  const pooled = context.of(phoneNumber).get(change.before.sid);
  if (pooled !== undefined) context.of(phoneNumber).remove(pooled);
}

function find(context: Context, numberSid: unknown, e164: unknown): Document<IncomingPhoneNumber> {
  const numbers = context.of(incomingPhoneNumber);
  if (typeof numberSid !== "string" && typeof e164 !== "string")
    throw invalid("Missing required parameter Sid or PhoneNumber in the post body");
  const found =
    typeof numberSid === "string" ? numbers.get(numberSid) : numbers.find("phone_number", String(e164));
  if (found === undefined)
    throw invalid(`Phone Number ${String(numberSid ?? e164)} is not associated with the Account`, 80301);
  return found;
}
