import { expect, test } from "@jest/globals";

import { TwilioError } from "../../engine/errors.ts";
import { serviceGone } from "./serviceGone.ts";

test.each([
  ["the service is missing", 403, 50050, "Service instance not found", true],
  ["the service is missing, no code", 403, undefined, "Service instance not found", true],
  ["the credentials don't allow it", 403, 20403, "Permission denied", false],
  ["something in the service is missing", 404, 20404, "The requested resource was not found", false],
])("%s", (_case, status, code, message, gone) => {
  expect(serviceGone(new TwilioError(message, { status, code }))).toBe(gone);
});
