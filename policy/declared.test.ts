import { expect, test } from "@jest/globals";
import { Declared } from "./declared.ts";

test("what the program no longer registers is not judged", () => {
  const declared = new Declared();
  const resources = [{ urn: "urn:main" }, { urn: "urn:front" }];
  expect(declared.of(resources)).toEqual(resources);
  declared.note("urn:front", {});
  declared.note("urn:front", {});
  expect(declared.of(resources)).toEqual([{ urn: "urn:front" }]);
});

test("what Twilio's answer left out is as the program gives it", () => {
  const declared = new Declared();
  declared.note("urn:main", { smsUrl: "", friendlyName: "Main" });
  const read = { friendlyName: "Main line", sid: "PN1" };
  expect(declared.completed("urn:main", read)).toEqual({
    smsUrl: "",
    friendlyName: "Main line",
    sid: "PN1",
  });
  expect(declared.completed("urn:front", read)).toEqual(read);
});
