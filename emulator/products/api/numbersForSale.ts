/** A kind of number, by the last part of its path. */
export type NumberType = "Local" | "Mobile" | "TollFree";

/** Where a number is; null where it is nowhere, as mobile and toll-free ones are. */
export interface Place {
  readonly locality: string;
  readonly region: string;
  readonly postalCode: string;
  readonly rateCenter: string;
  readonly lata: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface ForSale {
  readonly number: string;
  readonly place: Place | null;
}

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly types: readonly NumberType[];
}

/** Where the local Twilio sells numbers, and of which types. */
export const countries: readonly Country[] = [
  { code: "US", name: "United States", types: ["Local", "TollFree"] },
  { code: "CA", name: "Canada", types: ["Local", "TollFree"] },
  { code: "GB", name: "United Kingdom", types: ["Mobile"] },
];

type Row = readonly [
  area: string,
  locality: string,
  region: string,
  postal: string,
  lata: string,
  at: [number, number],
];

/** Area codes that are on the list; any other of North America is for sale when it is asked for. */
const areas: Readonly<Record<string, readonly Row[]>> = {
  US: [
    ["206", "Seattle", "WA", "98101", "674", [47.61, -122.33]],
    ["212", "New York", "NY", "10001", "132", [40.75, -73.99]],
    ["303", "Denver", "CO", "80202", "656", [39.75, -104.99]],
    ["305", "Miami", "FL", "33131", "460", [25.77, -80.19]],
    ["312", "Chicago", "IL", "60601", "358", [41.88, -87.63]],
    ["404", "Atlanta", "GA", "30303", "438", [33.75, -84.39]],
    ["415", "San Francisco", "CA", "94103", "722", [37.77, -122.42]],
    ["512", "Austin", "TX", "78701", "558", [30.27, -97.74]],
    ["617", "Boston", "MA", "02108", "128", [42.36, -71.06]],
    ["808", "Honolulu", "HI", "96813", "834", [21.31, -157.86]],
  ],
  CA: [
    ["416", "Toronto", "ON", "M5H", "888", [43.65, -79.38]],
    ["514", "Montreal", "QC", "H2Y", "888", [45.5, -73.57]],
    ["604", "Vancouver", "BC", "V6B", "888", [49.28, -123.12]],
  ],
};

const tollFree = ["800", "833", "844", "855", "866", "877", "888"];

/** The place that an area code serves, as far as it is known here. */
export function placeOf(areaCode: string): Place | undefined {
  return Object.values(areas)
    .flat()
    .filter(([area]) => area === areaCode)
    .map(toPlace)[0];
}

/** Whether any number of the area code can be had at all: 533 is for tests that want none. */
export const isAreaCode = (text: string): boolean => /^[2-9]\d\d$/.test(text) && text !== "533";

/** 555-0100 to 555-0199 are set aside in every area code of North America and reach nobody. */
export function* numbersOfArea(areaCode: string): Generator<string> {
  for (let line = 100; line < 200; line++) yield `+1${areaCode}5550${line}`;
}

/**
 * Every number that is for sale, whether owned or not, in a fixed order. All are of ranges that are set aside for films and
 * books, so that no text to one reaches somebody: North America's 555-01XX, Ofcom's 07700 900XXX.
 *
 * @param areaCode of which alone, where the type has area codes
 */
export function* numbersForSale(country: string, type: NumberType, areaCode?: string): Generator<ForSale> {
  if (type === "Mobile") {
    for (let line = 0; line < 1000; line++)
      yield { number: `+447700900${String(line).padStart(3, "0")}`, place: null };
    return;
  }
  const codes =
    type === "TollFree"
      ? tollFree.filter((code) => areaCode === undefined || areaCode === code)
      : areaCode === undefined
        ? (areas[country] ?? []).map(([area]) => area)
        : isForeign(country, areaCode) || tollFree.includes(areaCode) || !isAreaCode(areaCode)
          ? []
          : [areaCode];
  for (const code of codes) {
    const place = type === "TollFree" ? null : (placeOf(code) ?? null);
    for (const number of numbersOfArea(code)) yield { number, place };
  }
}

function isForeign(country: string, areaCode: string): boolean {
  return Object.entries(areas).some(
    ([other, rows]) => other !== country && rows.some(([area]) => area === areaCode),
  );
}

function toPlace([, locality, region, postalCode, lata, [latitude, longitude]]: Row): Place {
  return { locality, region, postalCode, rateCenter: locality.toUpperCase(), lata, latitude, longitude };
}

/** Miles between two places on the globe. */
export function milesBetween(a: { latitude: number; longitude: number }, b: typeof a): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [north, east] = [radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2];
  const chord =
    Math.sin(north) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east) ** 2;
  return 2 * 3959 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
