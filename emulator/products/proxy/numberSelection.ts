import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { countryOf } from "../messaging/country.ts";
import { isNear } from "./geoMatch.ts";
import { type PhoneNumber, phoneNumber, service } from "./kinds.ts";
import { findByPair, isChannel } from "./pair.ts";

/** A number of the pool for somebody who names none. @throws TwilioError saying why there is none */
export function chooseNumber(
  context: Context,
  serviceSid: string,
  identifier: string,
): Document<PhoneNumber> {
  const none = "This Service has no compatible Proxy numbers for this Participant.";
  const pool = context.of(phoneNumber).all(serviceSid);
  if (pool.length === 0) throw invalid(`${none} This Service has no Proxy numbers configured.`, 80205);
  const country = isChannel(identifier) ? undefined : countryOf(identifier);
  const inCountry = pool.filter(
    ({ fields }) => country === undefined || countryOf(fields.phone_number) === country,
  );
  if (inCountry.length === 0)
    throw invalid(
      `${none} This Service has no available Proxy numbers for the participant's number country code ${country}.`,
      80203,
    );
  const free = inCountry.filter(({ fields }) => !fields.is_reserved);
  if (free.length === 0) throw invalid("Failed to find a proxy number: all in the pool are reserved.", 80207);
  const level = context.of(service).get(serviceSid)?.fields.geo_match_level ?? "country";
  const near = free.filter(({ fields }) => isNear(level, identifier, fields.phone_number));
  const unused = near.find(
    ({ fields }) => findByPair(context, serviceSid, identifier, fields.phone_number) === undefined,
  );
  if (unused !== undefined) return unused;
  throw invalid(
    `${none} Failed to find a proxy number for ${identifier}. Either you have no numbers meeting your service's ` +
      "GeoMatchLevel for the target number, or the numbers you do have are already in use by the participant in " +
      "other Sessions.",
    80206,
  );
}
