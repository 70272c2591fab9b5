import { expect, test } from "@jest/globals";
import { didYouMean, similarNames } from "./similar-names.ts";

const names = ["Billing", "Sales", "Support", "Senior support", "flex-routing-queue-billing"];

test.each<[string, string[]]>([
  ["Biling", ["Billing"]],
  ["billing", ["Billing", "flex-routing-queue-billing"]],
  ["Blilnig", ["Billing"]],
  ["Slaes", ["Sales"]],
  ["suport", ["Support", "Senior support"].slice(0, 1)],
  ["flex-routing-queue-biling", ["flex-routing-queue-billing"]],
  ["Returns", []],
  ["", []],
])("%j may be meant as %j", (wanted, expected) => {
  expect(similarNames(wanted, names)).toEqual(expected);
});

test.each([
  ["ana", ["ann", "anna", "bob"], "Did you mean ann or anna?"],
  ["x", ["ann"], undefined],
  ["a", ["b1", "a1", "a2", "a3"], "Did you mean a1, a2 or a3?"],
])("%j of %j: %j", (wanted, known, expected) => {
  expect(didYouMean(wanted, known)).toBe(expected);
});
