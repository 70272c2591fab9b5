import { expect, test } from "@jest/globals";
import { compileWorkflow } from "./compile.ts";
import { followTask } from "./follow.ts";
import { describeOutcome } from "./render.ts";
import { Roster } from "./roster.ts";
import type { RoutingWorker } from "./workspace.ts";

const worker = (friendlyName: string, available: boolean): RoutingWorker => ({
  sid: `WK ${friendlyName}`,
  friendlyName,
  attributes: { contact_uri: `client:${friendlyName}` },
  activitySid: "WA1",
  activityName: available ? "Available" : "Offline",
  available,
  channels: {
    default: { available: true, configuredCapacity: 1, assignedTasks: 0, activeReservations: 0 },
  },
  idleSince: 0,
});

const roster = new Roster({
  queues: [
    { sid: "WQ1", friendlyName: "Everyone" },
    { sid: "WQ2", friendlyName: "Seniors", targetWorkers: 'contact_uri == "client:ann"' },
  ],
  workers: [worker("ann", true), worker("bob", false)],
});

function follow(targets: object[], { age = 0, now = new Date(0) } = {}): string[] {
  const workflow = compileWorkflow({
    task_routing: { filters: [{ expression: "1==1", targets }], default_filter: { queue: "WQ1" } },
  });
  const task = { attributes: { targetWorker: "client:bob" }, age };
  return followTask({ workflow, roster, task, now }).map(
    (stage) => `${stage.age}: ${describeOutcome(stage.trace.outcome, { sids: false })}`,
  );
}

const named = { queue: "WQ1", expression: "task.targetWorker == worker.contact_uri" };

test.each<[string, object[], string[]]>([
  [
    "somebody is there at once",
    [{ queue: "WQ2" }],
    ["0: offered to ann in queue Seniors, priority 0, until its own timeout"],
  ],
  [
    "it waits, and goes on when the time is over",
    [
      { ...named, timeout: 30 },
      { ...named, timeout: 15, priority: 5 },
      { queue: "WQ2", priority: 9 },
    ],
    [
      "0: waiting in queue Everyone, priority 0, until the task is 30 s old",
      "30: waiting in queue Everyone, priority 5, until the task is 45 s old",
      "45: offered to ann in queue Seniors, priority 9, until its own timeout",
    ],
  ],
  ["it waits for good", [named], ["0: waiting in queue Everyone, priority 0, until its own timeout"]],
  [
    "its time is over",
    [{ ...named, timeout: 30 }],
    [
      "0: waiting in queue Everyone, priority 0, until the task is 30 s old",
      "30: canceled: Task canceled on Workflow timeout",
    ],
  ],
  [
    "a queue is skipped",
    [{ ...named, timeout: 30, skip_if: "1==1" }, { queue: "WQ2" }],
    ["0: offered to ann in queue Seniors, priority 0, until its own timeout"],
  ],
])("%s", (_, targets, stages) => {
  expect(follow(targets)).toEqual(stages);
});

test("it goes on from the age it has", () => {
  expect(follow([{ ...named, timeout: 30 }, { queue: "WQ2" }], { age: 20 })).toEqual([
    "20: waiting in queue Everyone, priority 0, until the task is 30 s old",
    "30: offered to ann in queue Seniors, priority 0, until its own timeout",
  ]);
});

test("conditions on the time see the time of their stage", () => {
  const night = { queue: "WQ2", expression: "taskrouter.currentHour == 1" };
  const now = new Date("2026-01-01T00:59:30Z");
  expect(follow([{ ...named, timeout: 30 }, night], { now }).at(-1)).toBe(
    "30: offered to ann in queue Seniors, priority 0, until its own timeout",
  );
  expect(follow([{ ...named, timeout: 29 }, night], { now }).at(-1)).toBe(
    "29: waiting in queue Seniors, priority 0, until its own timeout",
  );
});
