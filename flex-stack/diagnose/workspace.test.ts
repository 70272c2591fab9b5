import { expect, test } from "@jest/globals";
import type { Reads } from "./reads/reads.ts";
import { traceTask } from "./workspace.ts";

const queue = `WQ${"0".repeat(32)}`;
const configuration = JSON.stringify({ task_routing: { default_filter: { queue } } });
const task = { attributes: {}, age: 5, taskChannel: "sms", priority: 0 };

/** A workspace whose workers have so many open tasks of a capacity of 3, by Twilio's percentage. */
function workspace(percentages: readonly number[]) {
  const asked: string[] = [];
  const workers = percentages.map((_, index) => ({
    sid: `WK${index}`,
    friendlyName: `worker ${index}`,
    attributes: "{}",
    activitySid: "WA1",
    activityName: "Available",
    available: true,
    dateStatusChanged: new Date(index),
  }));
  const taskrouter = {
    queues: () => Promise.resolve([{ sid: queue, friendlyName: "Everyone", maxReservedWorkers: 1 }]),
    workers: () => Promise.resolve(workers),
    workerChannels: (sid: string) => {
      asked.push(sid);
      const availableCapacityPercentage = percentages[Number(sid.slice(2))] ?? 0;
      const channel = {
        taskChannelUniqueName: "sms",
        available: true,
        configuredCapacity: 3,
        assignedTasks: 0,
      };
      return Promise.resolve([{ ...channel, availableCapacityPercentage }]);
    },
  };
  const account = { now: () => Date.parse("2026-11-24T12:00:00Z") };
  return { reads: { taskrouter, account } as unknown as Reads, asked };
}

test("asks for the room of those only who would get the task", async () => {
  const { reads, asked } = workspace([0, 66, 100]);
  const { trace, leftOut } = await traceTask(reads, { configuration }, task);
  expect(trace.outcome).toMatchObject({ kind: "offered", workers: [{ friendlyName: "worker 1" }] });
  expect([asked.length, leftOut]).toEqual([3, 0]);
});

test("tells how much of a capacity is taken from Twilio's percentage", async () => {
  const { trace } = await traceTask(workspace([0]).reads, { configuration }, task);
  expect(trace.defaultStep?.workers[0]?.reasons).toEqual([
    { reason: "capacity", channel: "sms", used: 3, capacity: 3 },
  ]);
});

test("asks for 25 workers at most, and says whom it left out", async () => {
  const { reads, asked } = workspace(Array.from({ length: 40 }, () => 0));
  const { trace, leftOut } = await traceTask(reads, { configuration }, task);
  expect([asked.length, leftOut, trace.outcome.kind]).toEqual([25, 15, "waiting"]);
});
