import { expect, test } from "@jest/globals";

import { readOnly } from "./readOnly.ts";
import type { SdkRequest } from "./transport.ts";

test.each([
  ["get", "https://taskrouter.twilio.com/v1/Workspaces?PageSize=1", true],
  ["post", "https://studio.twilio.com/v2/Flows/Validate", true],
  ["post", "https://studio.dublin.ie1.twilio.com/v2/Flows/Validate", true],
  ["post", "https://studio.twilio.com/v2/Flows", false],
  ["POST", "https://taskrouter.twilio.com/v1/Workspaces", false],
  ["delete", "https://taskrouter.twilio.com/v1/Workspaces/WS1", false],
])("%s %s: sent %p", async (method, uri, isSent) => {
  const sent: SdkRequest[] = [];
  const carrier = {
    request: (request: SdkRequest) => {
      sent.push(request);
      return Promise.resolve({ statusCode: 200, body: "", headers: {} });
    },
  };
  const answer = readOnly(carrier).request({ method, uri });
  if (isSent) await expect(answer).resolves.toMatchObject({ statusCode: 200 });
  else await expect(answer).rejects.toThrow(/was not sent: nothing may change at Twilio/);
  expect(sent).toHaveLength(isSent ? 1 : 0);
});
