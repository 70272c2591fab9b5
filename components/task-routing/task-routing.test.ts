import { expect, test } from "@jest/globals";
import { recordProgram } from "../../rehearsal/record-program.ts";
import { TaskRouting } from "./task-routing.ts";

test("makes workers that targeted routing and queues of a skill find", async () => {
  const declared = await recordProgram(
    () =>
      new TaskRouting("routing", {
        queues: { everyone: { friendlyName: "Everyone" } },
        workflows: { inbound: { friendlyName: "Inbound", defaultQueue: "everyone" } },
        workers: {
          alice: { skills: ["billing"], activity: "Available", attributes: { level: 3 } },
          bot: { friendlyName: "Night bot", contactUri: "client:night" },
        },
      }),
  );
  const workers = declared.filter(({ type }) => type === "twilio:taskrouter:Worker");
  expect(Object.fromEntries(workers.map(({ name, inputs }) => [name, inputs]))).toEqual({
    "routing-worker-alice": {
      adopt: true,
      workspaceSid: "sid of routing-workspace",
      friendlyName: "alice",
      activitySid: "sid of routing-activity-Available",
      attributes: { contact_uri: "client:alice", routing: { skills: ["billing"] }, level: 3 },
    },
    "routing-worker-bot": {
      adopt: true,
      workspaceSid: "sid of routing-workspace",
      friendlyName: "Night bot",
      attributes: { contact_uri: "client:night", routing: { skills: [] } },
    },
  });
});

test("names the activities there are when a worker's is none of them", async () => {
  await expect(
    recordProgram(
      () =>
        new TaskRouting("routing", {
          queues: {},
          workflows: {},
          workers: { alice: { activity: "Lunch" } },
        }),
    ),
  ).rejects.toThrow('There is no activity "Lunch" in routing (declared: Offline, Available, Unavailable).');
});
