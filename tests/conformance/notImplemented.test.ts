import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { allDocuments } from "./allDocuments.ts";

const local = useLocalTwilio({ seed: "empty", judge: false });

const code = (answer: { status: number; body: unknown }) => ({
  status: answer.status,
  ...(answer.body as { code: number; message: string }),
});

test("every operation of every document that the local Twilio lacks answers 501 with its name", async () => {
  const has = new Set(
    local.emulator.operations
      .filter(({ isImplemented }) => isImplemented)
      .map(({ host, method, template }) => `${method} ${host}${template}`),
  );
  const { accountSid } = local.emulator;
  const lacking = [...allDocuments().values()]
    .flat()
    .filter(({ host, method, path }) => !has.has(`${method} ${host}${path}`));
  expect(lacking.length).toBeGreaterThan(1300);
  const wrong: string[] = [];
  for (const { host, method, path, operationId } of lacking) {
    const concrete = path.replaceAll("{AccountSid}", accountSid).replace(/\{\w+\}/g, "x");
    const { status, message } = code(await local.send(method, `https://${host}${concrete}`));
    if (
      status !== 501 ||
      !message.startsWith(`The local Twilio does not implement ${operationId} (${method} `)
    )
      wrong.push(`${method} ${host}${path}: ${status} ${message}`);
  }
  expect(wrong).toEqual([]);
});

test.each([
  [
    "another version of a product",
    "GET",
    "https://studio.twilio.com/v1/Flows/FW1/Engagements",
    501,
    20501,
    "The local Twilio does not implement ListEngagement (GET /v1/Flows/{FlowSid}/Engagements) of studio.twilio.com",
  ],
  [
    "a newer one",
    "POST",
    "https://chat.twilio.com/v3/Services/IS1/Channels/CH1",
    501,
    20501,
    "The local Twilio does not implement UpdateChannel (POST /v3/Services/{ServiceSid}/Channels/{Sid}) of chat.twilio.com",
  ],
  [
    "a regional host",
    "GET",
    "https://serverless.dublin.ie1.twilio.com/v1/Services/ZS1",
    501,
    20501,
    "The local Twilio does not implement FetchService (GET /v1/Services/{Sid}) of serverless.twilio.com",
  ],
  [
    "a method that only it has",
    "PATCH",
    "https://conversations.twilio.com/v2/ControlPlane/Configurations/x",
    501,
    20501,
    "The local Twilio does not implement PatchConfiguration (PATCH /v2/ControlPlane/Configurations/{id}) of conversations.twilio.com",
  ],
  [
    "a host that no document has",
    "GET",
    "https://assets.twilio.com/v1/Things?x=1",
    501,
    20501,
    "The local Twilio does not implement GET /v1/Things of assets.twilio.com, a host that none of Twilio's OpenAPI documents has",
  ],
  [
    "a version that no document has, of a host that the local Twilio lacks",
    "GET",
    "https://serverless.twilio.com/v9/Services/ZS1",
    501,
    20501,
    "The local Twilio does not implement GET /v9/Services/ZS1 of serverless.twilio.com, a version that none of Twilio's OpenAPI documents has",
  ],
  [
    "the first version of the API",
    "GET",
    "https://api.twilio.com/2008-08-01/Accounts",
    501,
    20501,
    "The local Twilio does not implement GET /2008-08-01/Accounts of api.twilio.com, a version that none of Twilio's OpenAPI documents has",
  ],
  [
    "a method that a known path lacks",
    "DELETE",
    "https://serverless.twilio.com/v1/Services",
    405,
    20004,
    "Method not allowed: DELETE /v1/Services",
  ],
  [
    "a path that a known host lacks",
    "GET",
    "https://serverless.twilio.com/v1/Nothing",
    404,
    20404,
    "The requested resource /Nothing was not found",
  ],
])("%s: %s %s", async (_what, method, url, status, number, message) => {
  expect(code(await local.send(method, url))).toMatchObject({ status, code: number, message });
});

test("the request log names what was asked for", async () => {
  await local.own("DELETE", "/requests");
  await local.send("GET", "https://video.twilio.com/v1/Rooms/RM1");
  expect((await local.own("GET", "/requests")).body).toMatchObject({
    counts: { "FetchRoom 501": 1 },
    requests: [{ host: "video.twilio.com", operation: "FetchRoom", status: 501 }],
  });
});
