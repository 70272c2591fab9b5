import { expect, test } from "@jest/globals";
import { CleanUp } from "../clean-up.ts";
import type { Case } from "../case.ts";
import { replies } from "./replies.ts";

// What no phone of a local Twilio does: refuse a text.

const at = new Date("2026-11-24T12:00:00Z");
const sid = (prefix: string): string => prefix + "0".repeat(32);
const account = { accountSid: sid("AC"), endpoint: undefined };

function given(text: object, outbound?: object): Case {
  const reads = {
    account,
    chat: {
      messages: () =>
        Promise.resolve([
          { sid: sid("IM"), from: "alice", body: "Hi", dateCreated: at, serviceSid: sid("IS") },
        ]),
      members: () => Promise.resolve([{ identity: "alice", attributes: '{"member_type":"agent"}' }]),
    },
    messaging: { messages: () => Promise.resolve([text]) },
  };
  const journey = {
    channelSid: sid("CH"),
    channel: { attributes: "{}" },
    customer: "+14155550170",
    number: "+14155550142",
    outbound,
  };
  return {
    journey,
    reads,
    cleanUp: new CleanUp(account),
    body: (text: string) => JSON.stringify(text),
  } as unknown as Case;
}

const sent = { sid: sid("SM"), direction: "outbound-api", body: "Hi", dateCreated: at };

test.each([
  ["undelivered", 30003, "Unreachable destination handset"],
  ["failed", 30007, "Message filtered"],
])("a reply that is %s is told with Twilio's code", async (status, errorCode, errorMessage) => {
  const found = await replies(given({ ...sent, status, errorCode, errorMessage }));
  expect(found).toMatchObject({
    state: "broken",
    sentence: `Message ${sent.sid} to the customer is ${status} with Twilio error ${errorCode}: ${errorMessage}.`,
    problem: { cause: "reply-undelivered", fix: expect.stringContaining(`/docs/errors/${errorCode}`) },
    sids: [sid("IM"), sent.sid],
  });
});

test.each([
  ["queued", "waiting", '1 message of alice went out; the last ("Hi") is queued.'],
  ["delivered", "ok", '1 message of alice reached the customer; the last ("Hi") is delivered.'],
])("a reply that is %s is %s", async (status, state, sentence) => {
  expect(await replies(given({ ...sent, status }))).toMatchObject({ state, sentence });
});

test("a text to the customer that was asked about, and was lost, is the cause", async () => {
  const lost = { ...sent, status: "undelivered", errorCode: 30005 };
  expect(await replies(given({ ...sent, status: "delivered" }, lost))).toMatchObject({
    state: "broken",
    problem: { cause: "reply-undelivered" },
  });
});
