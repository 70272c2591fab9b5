import { expect, test } from "@jest/globals";
import { countryOf } from "./country.ts";

test.each([
  ["+14155550142", "US"],
  ["+16045550142", "CA"],
  ["+447400123456", "GB"],
  ["+4930123456", "DE"],
  ["+353861234567", "IE"],
  ["+85212345678", "HK"],
  ["+88612345678", "TW"],
  ["+999123456", null],
  ["", null],
])("%s is a number of %s", (number, country) => {
  expect(countryOf(number)).toBe(country);
});
