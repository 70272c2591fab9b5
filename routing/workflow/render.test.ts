import { expect, test } from "@jest/globals";
import { compileWorkflow } from "./compile.ts";
import { renderTrace } from "./render.ts";
import { Roster } from "./roster.ts";
import { routeTask } from "./route.ts";
import type { RoutingWorker } from "./workspace.ts";

const queues = [
  { sid: "WQ_sms", friendlyName: "SMS", targetWorkers: "languages HAS 'en'" },
  { sid: "WQ_all", friendlyName: "Everyone" },
];

function worker(name: string, changes: Partial<RoutingWorker> = {}): RoutingWorker {
  return {
    sid: `WK_${name}`,
    friendlyName: name,
    attributes: { contact_uri: `client:${name}`, languages: ["en"] },
    activitySid: "WA_available",
    activityName: "Available",
    available: true,
    channels: { sms: { available: true, configuredCapacity: 1, assignedTasks: 0, activeReservations: 0 } },
    idleSince: 0,
    ...changes,
  };
}

const workflow = compileWorkflow({
  task_routing: {
    filters: [
      { filter_friendly_name: "Voice", expression: "type == 'voice'", targets: [{ queue: "WQ_all" }] },
      {
        filter_friendly_name: "Targeted",
        expression: "targetWorker != null",
        targets: [
          {
            queue: "WQ_sms",
            timeout: 30,
            priority: 9,
            expression: "task.targetWorker == worker.contact_uri",
          },
          { queue: "WQ_sms", known_worker_sid: "task.agent", skip_if: "1==1" },
        ],
      },
    ],
    default_filter: { queue: "WQ_all" },
  },
});

const busy = { available: true, configuredCapacity: 1, assignedTasks: 1, activeReservations: 1 };
const workers = [
  worker("ann"),
  worker("bob", { available: false, activityName: "Offline" }),
  worker("cy", { attributes: { contact_uri: "client:cy" }, channels: { sms: busy } }),
];

function render(age: number, targetWorker: string, maxWorkers?: number): string[] {
  const task = { attributes: { targetWorker, type: "sms" }, age, taskChannel: "sms" };
  const trace = routeTask({ workflow, roster: new Roster({ queues, workers }), task, now: new Date(0) });
  return renderTrace(trace, { maxWorkers });
}

test("an offered task", () => {
  expect(render(0, "client:ann")).toEqual([
    'filter "Voice" does not match: type == "voice" is false: type is "sms"',
    'filter "Targeted" matches: targetWorker != null is true: targetWorker is "client:ann"',
    "  target 1",
    "    queue SMS (WQ_sms), priority 9, until the task is 30 s old",
    "    ann is offered the task",
    '    bob is not eligible: task.targetWorker == worker.contact_uri is false: task.targetWorker is "client:ann", ' +
      'worker.contact_uri is "client:bob"; activity "Offline" is not available',
    '    cy is not eligible: not in queue SMS: languages HAS "en" is false: languages is missing; ' +
      'task.targetWorker == worker.contact_uri is false: task.targetWorker is "client:ann", ' +
      'worker.contact_uri is "client:cy"; no capacity on channel "sms": 1/1',
    "outcome: offered to ann in queue SMS (WQ_sms), priority 9, until the task is 30 s old",
  ]);
});

test("a task that went on to the default filter, with few workers listed", () => {
  expect(render(31, "client:bob", 1)).toEqual([
    'filter "Voice" does not match: type == "voice" is false: type is "sms"',
    'filter "Targeted" matches: targetWorker != null is true: targetWorker is "client:bob"',
    "  target 1",
    "    queue SMS (WQ_sms): over since the task was 30 s old",
    "  target 2",
    "    queue SMS (WQ_sms), priority 9, until its own timeout",
    "    task.agent is missing, so it names no worker",
    "    ann is not eligible: the step is for a known worker, and the task names none",
    "    and 2 more who are not eligible",
    "    skip_if leaves this target: 1 == 1 is true",
    "default filter",
    "  queue Everyone (WQ_all), priority 9, until its own timeout",
    "  ann is offered the task",
    '  bob is not eligible: activity "Offline" is not available',
    "  and 1 more who are not eligible",
    "outcome: offered to ann in queue Everyone (WQ_all), priority 9, until its own timeout",
  ]);
});
