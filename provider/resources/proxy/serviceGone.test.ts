import { expect, test } from "@jest/globals";

import { TwilioError } from "../../engine/errors.ts";
import { serviceGone } from "./serviceGone.ts";

test.each([
  ["the service is missing", 400, 80409, "Invalid Service Sid", true],
  ["the service is missing, another code", 400, 20001, "Invalid Service Sid", true],
  ["a parameter is wrong", 400, 20001, "Invalid parameter DefaultTtl", false],
  ["a number is missing", 400, 80408, "Invalid Phone Number Sid", false],
])("%s", (_case, status, code, message, gone) => {
  expect(serviceGone(new TwilioError(message, { status, code }))).toBe(gone);
});
