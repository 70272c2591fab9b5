import { expect, test } from "@jest/globals";
import { CleanUp } from "../clean-up.ts";
import { interaction } from "./interaction.ts";
import type { TalkCase } from "./talk.ts";

// What the local Twilio does not do: take its time to set an Interaction up.

const sid = (prefix: string): string => prefix + "0".repeat(32);

function given(status: string, age: number): TalkCase {
  const names = { interactionSid: sid("KD"), channelSid: sid("UO") };
  const channel = { sid: sid("UO"), status, type: "sms", errorCode: null };
  return {
    journey: {
      interaction: names,
      task: { sid: sid("WT"), age, assignmentStatus: "pending" },
      conversation: { sid: sid("CH"), chatServiceSid: sid("IS"), state: "active" },
    },
    reads: { flex: { interactionChannel: () => Promise.resolve(channel) } },
    cleanUp: new CleanUp({ accountSid: sid("AC"), endpoint: undefined }),
  } as unknown as TalkCase;
}

test.each([
  ["setup", 5, "waiting", undefined, false],
  ["setup", 61, "broken", "interaction-stuck", true],
  ["active", 61, "ok", undefined, false],
  ["pause", 61, "ok", undefined, false],
])("a channel that is %s when its task is %i s old is %s", async (status, age, state, cause, isClosed) => {
  const found = await interaction(given(status, age));
  expect([found.state, found.problem?.cause]).toEqual([state, cause]);
  expect(found.problem?.command?.includes("Status=closed")).toBe(isClosed ? true : undefined);
});
