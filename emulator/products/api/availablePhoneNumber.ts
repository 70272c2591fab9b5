import type { Context } from "../../kernel/context.ts";
import { invalid, notFound, notImplemented } from "../../kernel/errors.ts";
import { first, type Form } from "../../kernel/form.ts";
import { pageQuery } from "../../kernel/paging.ts";
import { boolean, integer } from "../../kernel/parameter.ts";
import type { Route } from "../../kernel/product.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { national } from "./incomingPhoneNumber.ts";
import { incomingPhoneNumber } from "./kinds.ts";
import {
  countries,
  type Country,
  type ForSale,
  milesBetween,
  type NumberType,
  numbersForSale,
  placeOf,
} from "./numbersForSale.ts";

const base = "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers";
const names = { Local: "local", Mobile: "mobile", TollFree: "toll_free" } as const;

/** What numbers can do here: as those that the account has. */
const capabilities = { voice: true, sms: true, mms: true };

/** Search of numbers to buy. https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource */
export const availablePhoneNumbers: readonly Route[] = [
  { method: "GET", path: `${base}.json`, handle: listCountries },
  {
    method: "GET",
    path: `${base}/{CountryCode}.json`,
    handle: (request) => ({ status: 200, body: renderCountry(request, countryOf(request)) }),
  },
  ...(["Local", "Mobile", "TollFree"] as const).map((type): Route => ({
    method: "GET",
    path: `${base}/{CountryCode}/${type}.json`,
    handle: (request) => search(request, type),
  })),
];

function countryOf({ parameters, path }: RequestContext): Country {
  const code = parameters["CountryCode"] ?? "";
  const country = countries.find((candidate) => candidate.code === code.toUpperCase());
  if (country !== undefined) return country;
  // Twilio sells numbers in a hundred others: that it is none is not known here.
  if (/^[a-z]{2}$/i.test(code)) {
    const has = countries.map((candidate) => candidate.code).join(", ");
    throw notImplemented(`the sale of numbers in ${code.toUpperCase()}; it has some in ${has}`);
  }
  throw notFound(path);
}

function listCountries(request: RequestContext): Reply {
  // Twilio has them on one page.
  const body = { countries: countries.map((country) => renderCountry(request, country)), uri: request.path };
  return { status: 200, body };
}

function renderCountry({ context }: RequestContext, { code, name, types }: Country): object {
  const uri = `/2010-04-01/Accounts/${context.accountSid}/AvailablePhoneNumbers/${code}`;
  return {
    country_code: code,
    country: name,
    beta: false,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(types.map((type) => [names[type], `${uri}/${type}.json`])),
  };
}

function search(request: RequestContext, type: NumberType): Reply {
  const country = countryOf(request);
  // Twilio answers so for types that a country has not.
  if (!country.types.includes(type)) throw notFound(request.path);
  const { query, context } = request;
  const fits = criteria(query);
  const found: object[] = [];
  for (const candidate of numbersForSale(country.code, type, given(query, "AreaCode"))) {
    if (fits(candidate) && !isOwned(context, candidate.number)) found.push(renderNumber(country, candidate));
  }
  return paged(request, "available_phone_numbers", found);
}

const given = (query: Form, name: string): string | undefined => {
  const value = first(query, name);
  return value === "" ? undefined : value;
};

const isOwned = (context: Context, number: string): boolean =>
  context.of(incomingPhoneNumber).find("phone_number", number) !== undefined;

/** The test that the parameters of a search make. @throws TwilioError for a bad value */
function criteria(query: Form): (candidate: ForSale) => boolean {
  const tests: ((candidate: ForSale) => boolean)[] = [];
  for (const [name, can] of [
    ["VoiceEnabled", capabilities.voice],
    ["SmsEnabled", capabilities.sms],
    ["MmsEnabled", capabilities.mms],
    ["FaxEnabled", false],
  ] as const) {
    const wanted = boolean().read([given(query, name) ?? ""], name);
    if (wanted !== undefined) tests.push(() => wanted === can);
  }
  // None has to be registered with an address, and none is new: these leave all.
  for (const name of ["All", "Local", "Foreign"]
    .map((what) => `Exclude${what}AddressRequired`)
    .concat("Beta"))
    boolean().read([given(query, name) ?? ""], name);
  const contains = given(query, "Contains");
  if (contains !== undefined) {
    const pattern = containing(contains);
    tests.push(({ number }) => pattern.test(number));
  }
  for (const [name, field] of [
    ["InRegion", "region"],
    ["InLocality", "locality"],
    ["InRateCenter", "rateCenter"],
    ["InLata", "lata"],
    ["InPostalCode", "postalCode"],
  ] as const) {
    const wanted = given(query, name)?.toLowerCase();
    if (wanted !== undefined) tests.push(({ place }) => place?.[field].toLowerCase() === wanted);
  }
  const near = centreOf(query);
  if (near !== undefined) {
    const distance = Number(
      integer({ min: 1, max: 500 }).read([given(query, "Distance") ?? "25"], "Distance"),
    );
    tests.push(({ place }) => place !== null && milesBetween(place, near) <= distance);
  }
  return (candidate) => tests.every((test) => test(candidate));
}

/** `*` is any digit, letters are those of a telephone's keys; anywhere in the number. */
function containing(pattern: string): RegExp {
  if (!/^[+\w*]{2,}$/.test(pattern) || pattern.includes("_"))
    throw invalid(
      `Contains must be of digits, letters and *, got ${JSON.stringify(pattern.slice(0, 64))}`,
      21451,
    );
  const keys = "22233344455566677778889999";
  const digits = pattern
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => keys[letter.charCodeAt(0) - "a".charCodeAt(0)] ?? "");
  return new RegExp(digits.replaceAll("+", "\\+").replaceAll("*", "\\d"));
}

function centreOf(query: Form): { latitude: number; longitude: number } | undefined {
  const latLong = given(query, "NearLatLong");
  if (latLong !== undefined) {
    const [latitude = NaN, longitude = NaN] = latLong.split(",").map(Number);
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
      throw invalid(`NearLatLong must be like 37.77,-122.42, got ${JSON.stringify(latLong.slice(0, 64))}`);
    return { latitude, longitude };
  }
  const number = given(query, "NearNumber");
  if (number === undefined) return undefined;
  const place = placeOf(/^\+?1(\d{3})\d{7}$/.exec(number.trim())?.[1] ?? "");
  if (place === undefined)
    throw invalid(
      `Where NearNumber ${JSON.stringify(number.slice(0, 64))} is, the local Twilio does not know`,
    );
  return place;
}

function renderNumber({ code }: Country, { number, place }: ForSale): object {
  return {
    friendly_name: national(number),
    phone_number: number,
    lata: place?.lata ?? null,
    locality: place?.locality ?? null,
    rate_center: place?.rateCenter ?? null,
    latitude: place?.latitude.toFixed(6) ?? null,
    longitude: place?.longitude.toFixed(6) ?? null,
    region: place?.region ?? null,
    postal_code: place?.postalCode ?? null,
    iso_country: code,
    address_requirements: "none",
    beta: false,
    capabilities,
  };
}

/** A page of what is no stored resource. */
function paged({ product, origin, path, query }: RequestContext, key: string, all: readonly object[]): Reply {
  const read = (name: string, min: number, otherwise: number): number =>
    Number(integer({ min }).read([first(query, name) ?? ""], name) ?? otherwise);
  const size = Math.min(read("PageSize", 1, 50), 1000);
  const number = read("Page", 0, 0);
  const at = (page: number): string => path + pageQuery(query, size, page);
  const body = product.dialect.page(origin, {
    items: all.slice(number * size, (number + 1) * size),
    key,
    number,
    size,
    here: at(number),
    first: at(0),
    previous: number > 0 ? at(number - 1) : null,
    next: (number + 1) * size < all.length ? at(number + 1) : null,
  });
  return { status: 200, body };
}
