import { expect, test } from "@jest/globals";
import type { RoutingWorker } from "../../routing/index.ts";
import { withKnownCapacity } from "./known-capacity.ts";

const workers = Array.from({ length: 100 }, (_, index): RoutingWorker => ({
  sid: `WK${index}`,
  friendlyName: `w${index}`,
  attributes: {},
  activitySid: "WA1",
  activityName: "Available",
  available: true,
  channels: {},
  idleSince: index,
}));

/** Reads channels of which the first `full` workers have nothing left; gives who was asked for. */
function ask(full: number, limit?: number) {
  const asked: string[] = [];
  const answer = withKnownCapacity({
    workers,
    taskChannels: ["sms"],
    read: (sid) => {
      asked.push(sid);
      const taken = Number(sid.slice(2)) < full ? 1 : 0;
      const sms = { available: true, configuredCapacity: 1, assignedTasks: taken, activeReservations: taken };
      return Promise.resolve({ sms });
    },
    evaluate: (all) =>
      all.filter(({ channels: { sms } }) => sms?.activeReservations === 0).map(({ sid }) => sid),
    eligible: (found) => found.slice(0, 3),
    limit,
  });
  return answer.then((given) => ({ ...given, asked }));
}

test("only those are asked for who would be offered the task", async () => {
  expect(await ask(0)).toMatchObject({ leftOut: [], asked: ["WK0", "WK1", "WK2"] });
});

test("those who come after the busy ones are asked for in their turn", async () => {
  const { found, leftOut, asked } = await ask(7);
  expect([found.slice(0, 3), leftOut, asked.length]).toEqual([["WK7", "WK8", "WK9"], [], 10]);
});

test("after the limit nobody else is asked for, and those who were not are left out", async () => {
  const { found, leftOut, asked } = await ask(100, 5);
  expect([asked.length, found, leftOut.length]).toEqual([5, [], 95]);
});
