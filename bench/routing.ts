/**
 * How fast routing/ is: 1,000 workers and 10,000 tasks. Run with `node bench/routing.ts`.
 *
 * Prints, per second: evaluations of one target expression (every worker against every task), tasks routed
 * through a workflow, and tasks routed with the reasons of every worker.
 */
import {
  compileSource,
  compileWorkflow,
  Roster,
  routeTask,
  workerScope,
  type JsonObject,
  type RoutingQueue,
  type RoutingTask,
  type RoutingWorker,
} from "../routing/index.ts";

const workerCount = 1_000;
const taskCount = 10_000;
const tracedTasks = 200;

const skills = ["billing", "support", "sales", "returns", "vip", "onboarding"];
const languages = ["en", "de", "fr", "es"];
const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

const queues: RoutingQueue[] = skills.map((skill, index) => ({
  sid: `WQ${String(index).padStart(32, "0")}`,
  friendlyName: skill,
  targetWorkers: `routing.skills HAS '${skill}' AND routing.level >= 2`,
}));

const workers: RoutingWorker[] = Array.from({ length: workerCount }, (_, index) => ({
  sid: `WK${String(index).padStart(32, "0")}`,
  friendlyName: `worker${index}`,
  attributes: {
    contact_uri: `client:worker${index}`,
    languages: [pick(languages, index), pick(languages, index * 7 + 1)],
    routing: { skills: [pick(skills, index), pick(skills, index * 5 + 2)], level: index % 10 },
  },
  activitySid: "WA0",
  activityName: index % 4 === 0 ? "Offline" : "Available",
  available: index % 4 !== 0,
  channels: {
    sms: { available: true, configuredCapacity: 3, assignedTasks: index % 4, activeReservations: index % 4 },
  },
  idleSince: (index * 7919) % workerCount,
}));

const targeted = "task.targetWorker == worker.contact_uri";
const skilled =
  "task.language IN worker.languages AND (worker.routing.level >= task.level OR task.vip != true)";

const workflow = compileWorkflow({
  task_routing: {
    filters: [
      {
        filter_friendly_name: "Targeted",
        expression: "targetWorker != null",
        targets: [{ queue: queues[0]?.sid, expression: targeted, timeout: 30 }, { expression: skilled }],
      },
      ...queues.map(({ sid, friendlyName }) => ({
        expression: `skill == '${friendlyName}' AND channelType IN ['sms', 'web']`,
        targets: [
          { queue: sid, expression: skilled, timeout: 60, order_by: "worker.routing.level DESC" },
          { expression: "worker.routing.level > 5" },
        ],
      })),
    ],
    default_filter: { queue: queues[1]?.sid },
  },
});

const tasks: RoutingTask[] = Array.from({ length: taskCount }, (_, index) => ({
  attributes: {
    channelType: "sms",
    skill: pick(skills, index),
    language: pick(languages, index * 3),
    level: index % 10,
    vip: index % 5 === 0,
    ...(index % 10 === 0 ? { targetWorker: `client:worker${index % workerCount}` } : {}),
  },
  age: index % 90,
  taskChannel: "sms",
}));

/** Runs `work` and prints how many of `unit` were done per second; `work` returns how many it did. */
function measure(unit: string, work: () => number): void {
  const start = performance.now();
  const count = work();
  const seconds = (performance.now() - start) / 1000;
  const perSecond = Math.round(count / seconds).toLocaleString("en");
  console.log(
    `${perSecond.padStart(12)} ${unit}/s  (${count.toLocaleString("en")} in ${seconds.toFixed(2)} s)`,
  );
}

const now = new Date("2024-01-08T09:30:00Z");
const scopes = workers.map(workerScope);

function evaluateAll(source: string): number {
  const { test } = compileSource(source);
  for (const { attributes } of tasks) {
    for (const worker of scopes) test({ task: attributes, worker } satisfies JsonObject);
  }
  return tasks.length * scopes.length;
}

const request = { workflow, roster: new Roster({ queues, workers }), now };

console.log(`${workerCount} workers, ${taskCount} tasks, Node ${process.version}`);
measure(`evaluations of ${targeted}`, () => evaluateAll(targeted));
measure(`evaluations of ${skilled}`, () => evaluateAll(skilled));
measure("tasks routed", () => {
  for (const task of tasks) routeTask({ ...request, task, reasons: false });
  return tasks.length;
});
measure("tasks routed with reasons", () => {
  for (const task of tasks.slice(0, tracedTasks)) routeTask({ ...request, task });
  return tracedTasks;
});
