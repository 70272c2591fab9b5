import { expect, test } from "@jest/globals";
import { leavingUrns } from "./leaving.ts";

test.each([
  [undefined, []],
  ["", []],
  ['["urn:a","urn:b"]', ["urn:a", "urn:b"]],
])("%j is %j", (list, urns) => {
  expect([...leavingUrns(list)]).toEqual(urns);
});
