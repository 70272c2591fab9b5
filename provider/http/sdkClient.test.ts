import { afterEach, expect, test } from "@jest/globals";

import { TwilioError } from "../engine/errors.ts";
import { sdkClient } from "./sdkClient.ts";
import type { SdkRequest, SdkResponse } from "./transport.ts";

const accountSid = `AC${"1".repeat(32)}`;
const sid = `WS${"1".repeat(32)}`;
const credentials = { accountSid, username: accountSid, password: "secret" };

/** A transport that answers everything alike, and what it was asked. */
function answering(statusCode: number, body: string) {
  const sent: SdkRequest[] = [];
  const request = async (one: SdkRequest): Promise<SdkResponse> => {
    sent.push(one);
    return { statusCode, body, headers: {} };
  };
  return { sent, http: { request } };
}

afterEach(() => {
  delete process.env["TWILIO_REGION"];
});

test("sends the SDK's requests through the transport", async () => {
  const { sent, http } = answering(200, JSON.stringify({ sid, friendly_name: "one" }));
  const twilio = await sdkClient({ ...credentials, http });
  const workspace = await twilio.taskrouter.v1.workspaces(sid).fetch();
  expect(workspace.friendlyName).toBe("one");
  expect(sent).toMatchObject([
    {
      method: "get",
      uri: `https://taskrouter.twilio.com/v1/Workspaces/${sid}`,
      username: accountSid,
      password: "secret",
    },
  ]);
});

test("names the region and edge in the host, and only those of the configuration", async () => {
  process.env["TWILIO_REGION"] = "au1";
  const { sent, http } = answering(200, "{}");
  const here = await sdkClient({ ...credentials, region: "ie1", edge: "dublin", http });
  const plain = await sdkClient({ ...credentials, http });
  await here.taskrouter.v1.workspaces(sid).fetch();
  await plain.taskrouter.v1.workspaces(sid).fetch();
  expect(sent.map(({ uri }) => new URL(uri).host)).toEqual([
    "taskrouter.dublin.ie1.twilio.com",
    "taskrouter.twilio.com",
  ]);
});

const refusals: [string, string, Partial<TwilioError>][] = [
  [
    "Twilio's",
    '{"code":20001,"message":"no","more_info":"https://x","status":400,"details":{"a":1}}',
    { message: "no", code: 20001, status: 400, moreInfo: "https://x", details: { a: 1 } },
  ],
  [
    "somebody else's",
    "<h1>Bad\n gateway</h1>",
    { message: "<h1>Bad gateway</h1>", code: undefined, status: 400 },
  ],
  ["an empty one", "", { message: "Twilio gave no reason", status: 400 }],
];
for (const [name, body, expected] of refusals) {
  test(`refusals are errors: ${name}`, async () => {
    const { http } = answering(400, body);
    const twilio = await sdkClient({ ...credentials, http });
    const error = await twilio.taskrouter.v1
      .workspaces(sid)
      .remove()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TwilioError);
    expect(error).toMatchObject(expected);
    const listed = await twilio.taskrouter.v1.workspaces.list().catch((caught: unknown) => caught);
    expect(listed).toBeInstanceOf(TwilioError);
  });
}
