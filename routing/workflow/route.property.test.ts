import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { attributes, expression } from "../expression/arbitrary.ts";
import { printExpression } from "../expression/printer.ts";
import { compileWorkflow } from "./compile.ts";
import { ineligibilities } from "./eligibility.ts";
import { followTask } from "./follow.ts";
import { renderTrace } from "./render.ts";
import { Roster, type RosterQueue } from "./roster.ts";
import { routeTask } from "./route.ts";
import type { StepTrace } from "./trace.ts";
import type { RoutingQueue, RoutingTask, RoutingWorker } from "./workspace.ts";

/** Mostly open doors, so that random tasks get somewhere. */
const condition = fc.oneof(fc.constant("1==1"), expression.map(printExpression));

const queueSid = fc.constantFrom("WQ0", "WQ1", "WQ2");

const queues: fc.Arbitrary<RoutingQueue[]> = fc
  .tuple(condition, condition, fc.integer({ min: 1, max: 3 }))
  .map(([first, second, maxReservedWorkers]) => [
    { sid: "WQ0", friendlyName: "Zero", targetWorkers: first, maxReservedWorkers },
    { sid: "WQ1", friendlyName: "One", targetWorkers: second },
  ]);

const worker: fc.Arbitrary<Omit<RoutingWorker, "sid" | "friendlyName">> = fc.record({
  attributes,
  activitySid: fc.constantFrom("WA0", "WA1"),
  activityName: fc.constant("Some"),
  available: fc.boolean(),
  channels: fc.record({
    default: fc.record({
      available: fc.oneof(fc.constant(true), fc.boolean()),
      configuredCapacity: fc.nat({ max: 3 }),
      assignedTasks: fc.nat({ max: 1 }),
      activeReservations: fc.nat({ max: 2 }),
    }),
  }),
  idleSince: fc.nat({ max: 5 }),
});

const workers = fc
  .array(worker, { maxLength: 6 })
  .map((all): RoutingWorker[] =>
    all.map((each, index) => ({ ...each, sid: `WK${index}`, friendlyName: `w${index}` })),
  );

const target = fc.record(
  {
    queue: queueSid,
    expression: condition,
    priority: fc.nat({ max: 9 }),
    timeout: fc.integer({ min: 1, max: 20 }),
    order_by: fc.constantFrom("worker.a DESC", "worker.b ASC, worker.a"),
    skip_if: fc.constantFrom("1==1", "workers.available == 0", "workers.WA1 < 2"),
    known_worker_sid: fc.constantFrom("task.a", "task.agent"),
  },
  { requiredKeys: ["queue"] },
);

const workflow = fc
  .record({
    filters: fc.array(
      fc.record({ expression: condition, targets: fc.array(target, { minLength: 1, maxLength: 3 }) }),
      { maxLength: 3 },
    ),
    default_filter: fc.option(fc.record({ queue: queueSid }), { nil: undefined }),
  })
  .map((task_routing) => compileWorkflow({ task_routing }));

const workerSids = fc.uniqueArray(fc.constantFrom("WK0", "WK1", "WK2"), { maxLength: 2 });

const task: fc.Arbitrary<RoutingTask> = fc.record(
  {
    attributes: fc
      .tuple(attributes, fc.constantFrom("WK0", "WK9"))
      .map(([all, agent]) => ({ ...all, agent })),
    age: fc.nat({ max: 60 }),
    priority: fc.nat({ max: 9 }),
    ignoreCapacity: fc.boolean(),
    reservedWorkers: workerSids,
    declinedWorkers: workerSids,
    position: fc.record({
      filter: fc.oneof(fc.constant("default" as const), fc.nat({ max: 3 })),
      target: fc.nat({ max: 3 }),
      waited: fc.nat({ max: 20 }),
      priority: fc.nat({ max: 9 }),
    }),
  },
  { requiredKeys: ["attributes", "age"] },
);

test("any task in any workspace gets an outcome that its trace bears out", () => {
  fc.assert(
    fc.property(queues, workers, workflow, task, (queuesOf, workersOf, workflowOf, taskOf) => {
      const roster = new Roster({ queues: queuesOf, workers: workersOf });
      const request = { workflow: workflowOf, roster, task: taskOf, now: new Date(0) };
      const trace = routeTask(request);
      expect(routeTask({ ...request, reasons: false }).outcome).toEqual(trace.outcome);
      expect(renderTrace(trace).length).toBeGreaterThan(0);

      const steps: StepTrace[] = trace.filters.flatMap((filter) => filter.steps);
      if (trace.defaultStep) steps.push(trace.defaultStep);
      for (const step of steps.slice(0, -1)) expect(["timed out", "skipped"]).toContain(step.result);

      const { outcome } = trace;
      if (outcome.kind !== "offered" && outcome.kind !== "waiting") return;
      const last = steps.at(-1);
      expect(last?.result).toBe(outcome.kind);
      const offered = last?.workers.filter((each) => each.offered).map(({ sid }) => sid);
      expect(offered).toEqual(outcome.kind === "offered" ? outcome.workers.map(({ sid }) => sid) : []);
    }),
    { numRuns: 1000 },
  );
});

test("the reasons of a worker are empty exactly when he or she is eligible", () => {
  fc.assert(
    fc.property(queues, workers, condition, task, (queuesOf, workersOf, targetWorkers, taskOf) => {
      const queue = { ...(queuesOf[0] as RoutingQueue), targetWorkers };
      const roster = new Roster({ queues: [queue], workers: workersOf });
      const { position: _position, ...fresh } = taskOf;
      const trace = routeTask({
        workflow: compileWorkflow({ task_routing: { default_filter: { queue: queue.sid } } }),
        roster,
        task: fresh,
        now: new Date(0),
      });
      const rule = {
        queue: roster.queue(queue.sid) as RosterQueue,
        expression: undefined,
        knownWorker: undefined,
        task: fresh,
        clock: {},
      };
      for (const verdict of trace.defaultStep?.workers ?? []) {
        const state = roster.find("sid", verdict.sid);
        expect(state && ineligibilities(rule, state).length === 0).toBe(verdict.eligible);
      }
      expect(trace.defaultStep?.workers).toHaveLength(workersOf.length);
    }),
    { numRuns: 1000 },
  );
});

test("a task that is followed gets older, and to an end", () => {
  fc.assert(
    fc.property(queues, workers, workflow, task, (queuesOf, workersOf, workflowOf, taskOf) => {
      const roster = new Roster({ queues: queuesOf, workers: workersOf });
      const stages = followTask({ workflow: workflowOf, roster, task: taskOf, now: new Date(0) });
      const ages = stages.map(({ age }) => age);
      expect(ages).toEqual([...new Set(ages)].sort((one, other) => one - other));
      for (const { trace } of stages.slice(0, -1)) expect(trace.outcome).toMatchObject({ kind: "waiting" });
      const last = stages.at(-1)?.trace.outcome;
      if (last?.kind === "waiting") expect(last.until).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});
