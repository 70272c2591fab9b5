/** Countries of the calling codes that numbers are commonly bought in. */
const countries: Readonly<Record<string, string>> = {
  1: "US",
  27: "ZA",
  30: "GR",
  31: "NL",
  32: "BE",
  33: "FR",
  34: "ES",
  36: "HU",
  39: "IT",
  40: "RO",
  41: "CH",
  43: "AT",
  44: "GB",
  45: "DK",
  46: "SE",
  47: "NO",
  48: "PL",
  49: "DE",
  52: "MX",
  54: "AR",
  55: "BR",
  56: "CL",
  57: "CO",
  60: "MY",
  61: "AU",
  62: "ID",
  63: "PH",
  64: "NZ",
  65: "SG",
  66: "TH",
  81: "JP",
  82: "KR",
  84: "VN",
  91: "IN",
  351: "PT",
  353: "IE",
  358: "FI",
  359: "BG",
  370: "LT",
  371: "LV",
  372: "EE",
  385: "HR",
  386: "SI",
  420: "CZ",
  421: "SK",
  852: "HK",
  886: "TW",
  971: "AE",
  972: "IL",
};

/** Area codes of Canada, which shares its calling code with the United States. */
const canada = new Set(
  (
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 " +
    "474 506 514 519 537 548 568 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 " +
    "825 867 873 879 902 905 942"
  ).split(" "),
);

/** ISO country of a number in E.164, or null for one that is not in the table. */
export function countryOf(number: string): string | null {
  const digits = number.replace(/^\+/, "");
  if (digits.startsWith("1") && canada.has(digits.slice(1, 4))) return "CA";
  for (const length of [1, 2, 3]) {
    const country = countries[digits.slice(0, length)];
    if (country !== undefined) return country;
  }
  return null;
}
