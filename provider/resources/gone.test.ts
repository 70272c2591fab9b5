import { expect, test } from "@jest/globals";

import { TwilioError } from "../engine/errors.ts";
import { channel } from "./chat/channel.ts";
import { role } from "./chat/role.ts";
import { phoneNumber } from "./proxy/phoneNumber.ts";
import { service as proxyService } from "./proxy/service.ts";

const chatService = new TwilioError("Service instance not found", { status: 403, code: 50050 });
const forbidden = new TwilioError("Permission denied", { status: 403, code: 20403 });
const proxy = new TwilioError("Invalid Service Sid", { status: 400, code: 80409 });
const proxyNumber = new TwilioError("Invalid Phone Number Sid", { status: 400, code: 80408 });
const badRequest = new TwilioError("Invalid parameter", { status: 400, code: 20001 });

test.each([
  ["a channel of a missing Chat service", channel, chatService, true],
  ["a role of a missing Chat service", role, chatService, true],
  ["a role without permission to read it", role, forbidden, false],
  ["a missing Proxy service", proxyService, proxy, true],
  ["a Proxy service that refuses a request", proxyService, badRequest, false],
  ["a number of a missing Proxy service", phoneNumber, proxy, true],
  ["a missing number of a Proxy service", phoneNumber, proxyNumber, true],
  ["a number of a Proxy service that refuses a request", phoneNumber, badRequest, false],
])("%s", (_case, definition, error, gone) => {
  expect(definition.gone?.(error)).toBe(gone);
});
