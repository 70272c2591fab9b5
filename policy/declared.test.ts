import { expect, test } from "@jest/globals";
import { Declared } from "./declared.ts";

test("what the program no longer registers is not judged", () => {
  const declared = new Declared();
  const resources = [{ urn: "urn:main" }, { urn: "urn:front" }];
  expect(declared.of(resources)).toEqual(resources);
  declared.note("urn:front");
  declared.note("urn:front");
  expect(declared.of(resources)).toEqual([{ urn: "urn:front" }]);
});
