import { expect, test } from "@jest/globals";
import { isNear } from "./geoMatch.ts";

test.each<[level: string, identifier: string, number: string, isNear: boolean]>([
  ["country", "+14155550100", "+12125550100", true],
  ["area-code", "+14155550100", "+14155559999", true],
  ["area-code", "+14155550100", "+16285550100", false],
  ["extended-area-code", "+14155550100", "+14155559999", true],
  ["extended-area-code", "+14155550100", "+16285550100", true],
  ["extended-area-code", "+16285550100", "+14155550100", true],
  ["extended-area-code", "+14155550100", "+15105550100", false],
  // 917 lies over both, which are apart.
  ["extended-area-code", "+12125550100", "+19175550100", true],
  ["extended-area-code", "+17185550100", "+19175550100", true],
  ["extended-area-code", "+12125550100", "+17185550100", false],
  ["extended-area-code", "+14165550100", "+16475550100", true],
  ["overlay", "+14155550100", "+16285550100", true],
  ["radius", "+14155550100", "+16285550100", true],
  ["radius", "+14155550100", "+15105550100", false],
  // Outside of North America, and for chat channels, there is nothing finer.
  ["area-code", "+442071234567", "+441611234567", true],
  [`area-code`, `CH${"0".repeat(32)}`, "+14155550100", true],
])("%s: %s and %s", (level, identifier, number, expected) => {
  expect(isNear(level, identifier, number)).toBe(expected);
});
