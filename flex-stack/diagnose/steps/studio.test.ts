import { expect, test } from "@jest/globals";
import { CleanUp } from "../clean-up.ts";
import type { Case } from "../case.ts";
import { studio } from "./studio.ts";

// On the local Twilio a contact is a chat channel, so that nobody is held by an execution of another conversation.

const sid = (prefix: string, digit = "0"): string => prefix + digit.repeat(32);
const account = { accountSid: sid("AC"), endpoint: undefined, now: () => Date.parse("2026-11-24T12:00:00Z") };
const older = {
  sid: sid("FN"),
  status: "active",
  contactChannelAddress: "+14155550170",
  dateCreated: new Date("2026-11-20T09:00:00Z"),
};

function given(executions: readonly object[]): Case {
  const reads = {
    account,
    place: { flowSids: [], chatServiceSid: sid("IS") },
    chat: { webhooks: () => Promise.resolve([{ type: "studio", configuration: { flow_sid: sid("FW") } }]) },
    studio: {
      flow: () =>
        Promise.resolve({ sid: sid("FW"), friendlyName: "Messaging Flow", status: "published", revision: 4 }),
      executions: (_: string, since: Date) =>
        Promise.resolve(executions.filter((one) => (one as typeof older).dateCreated >= since)),
    },
  };
  const journey = {
    channelSid: sid("CH"),
    channel: { sid: sid("CH"), dateCreated: new Date("2026-11-24T11:59:00Z") },
    customer: "+14155550170",
    flexFlows: [],
  };
  return { journey, reads, cleanUp: new CleanUp(account), body: String } as unknown as Case;
}

test("an older execution that is still active blocks its contact", async () => {
  expect(await studio(given([older]))).toMatchObject({
    state: "broken",
    problem: {
      cause: "execution-blocking",
      sentence: `Studio execution ${older.sid}, active since 2026-11-20 09:00 UTC, blocks this contact: no new one starts while it lives.`,
      command: expect.stringContaining(`--data-urlencode 'Status=ended'`),
    },
  });
});

test.each([
  ["has ended", { ...older, status: "ended" }],
  ["is somebody else's", { ...older, contactChannelAddress: "+14155550199" }],
])("one that %s does not", async (_, other) => {
  expect(await studio(given([other]))).toMatchObject({ problem: { cause: "flow-not-run" } });
});
