import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ContactCentre, contactCentre } from "../../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../../tests/support/useLocalTwilio.ts";

let now = Date.UTC(2024, 0, 1);
const local = useLocalTwilio({ seed: "empty", clock: () => now });

const workers = ["ann", "bea", "cid"] as const;
const reservationTimeout = 40;

/** One thing that somebody does; numbers choose among what is there. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("add" as const), hard: fc.boolean(), to: fc.nat(5) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("respond" as const),
      which: fc.nat(),
      status: fc.constantFrom("accepted", "accepted", "rejected", "wrapping", "completed"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("task" as const),
      which: fc.nat(),
      status: fc.constantFrom("canceled", "wrapping", "completed", "deleted"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("activity" as const),
      worker: fc.nat(workers.length - 1),
      name: fc.constantFrom("Available", "Available", "Offline"),
      reject: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("level" as const),
      worker: fc.nat(workers.length - 1),
      level: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("capacity" as const),
      worker: fc.nat(workers.length - 1),
      capacity: fc.nat(2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.nat(60) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Hard tasks go to experts first, who are offered them two at a time; tasks for one worker to nobody else. */
const options = {
  workflow: { taskReservationTimeout: reservationTimeout },
  queue: { maxReservedWorkers: 1 },
  queues: { Experts: { targetWorkers: "level >= 1", maxReservedWorkers: 2, taskOrder: "LIFO" } },
  routing: (queue: (name: string) => string) => ({
    filters: [
      {
        expression: "for != null",
        targets: [{ queue: queue("Everyone"), expression: "task.for == worker.contact_uri" }],
      },
      {
        expression: "hard == true",
        targets: [
          { queue: queue("Experts"), expression: "worker.level == 2", timeout: 30 },
          { queue: queue("Experts"), timeout: 60 },
          { queue: queue("Everyone") },
        ],
      },
    ],
    default_filter: { queue: queue("Everyone") },
  }),
};

/** Everything that the API shows of a centre. */
async function observe({ workspace }: ContactCentre) {
  const found = await Promise.all(
    (await workspace.workers.list()).map(async (worker) => {
      const own = workspace.workers(worker.sid);
      const [reservations, channel] = await Promise.all([
        own.reservations.list(),
        own.workerChannels("default").fetch(),
      ]);
      const { contact_uri, level } = JSON.parse(worker.attributes) as { contact_uri: string; level: number };
      return {
        name: worker.friendlyName,
        available: worker.available,
        contact_uri,
        level,
        channel,
        reservations,
      };
    }),
  );
  return { workers: found, tasks: await workspace.tasks.list() };
}
type Observed = Awaited<ReturnType<typeof observe>>;

async function perform(
  centre: ContactCentre,
  step: Step,
  { tasks, workers: known }: Observed,
): Promise<void> {
  const { workspace } = centre;
  const pick = <T>(items: readonly T[], which: number): T | undefined => items[which % items.length];
  const workerSid = async (index: number): Promise<string> => (await centre.worker(workers[index] ?? "")).sid;
  switch (step.do) {
    case "add": {
      const target = workers[step.to];
      const attributes = { hard: step.hard, ...(target && { for: `client:${target}` }) };
      await centre.addTask({ attributes, priority: step.to });
      return;
    }
    case "respond": {
      const reservation = pick(
        known.flatMap(({ reservations }) => reservations),
        step.which,
      );
      if (reservation === undefined) return;
      const { reservations } = workspace.workers(reservation.workerSid);
      await reservations(reservation.sid).update({ reservationStatus: step.status });
      return;
    }
    case "task": {
      const chosen = pick(tasks, step.which);
      if (chosen === undefined) return;
      const task = workspace.tasks(chosen.sid);
      if (step.status === "deleted") await task.remove();
      else await task.update({ assignmentStatus: step.status });
      return;
    }
    case "activity":
      await workspace.workers(await workerSid(step.worker)).update({
        activitySid: centre.activities[step.name],
        ...(step.reject && step.name === "Offline" && { rejectPendingReservations: true }),
      });
      return;
    case "level": {
      const name = workers[step.worker] ?? "";
      const attributes = JSON.stringify({ contact_uri: `client:${name}`, level: step.level });
      await workspace.workers(await workerSid(step.worker)).update({ attributes });
      return;
    }
    case "capacity":
      await workspace
        .workers(await workerSid(step.worker))
        .workerChannels("default")
        .update({ capacity: step.capacity });
      return;
    case "wait":
      now += step.seconds * 1000;
  }
}

const active = ["pending", "accepted", "wrapping"];
type Worker = Observed["workers"][number];
type Task = Observed["tasks"][number];

/** Whether a worker may get a task in the step that its queue and age mean; a second opinion to routing/. */
function fits(task: Task, queue: string, { level, contact_uri }: Worker): boolean {
  const { for: target, hard } = JSON.parse(task.attributes) as { for?: string; hard: boolean };
  if (target !== undefined) return contact_uri === target;
  if (!hard || queue !== "Experts") return true;
  return level >= 1;
}

function checkState({ workers: known, tasks }: Observed): void {
  const all = known.flatMap(({ reservations }) => reservations);
  for (const task of tasks) {
    const own = all.filter(({ taskSid }) => taskSid === task.sid);
    const count = (...statuses: string[]): number =>
      own.filter(({ reservationStatus }) => statuses.includes(reservationStatus)).length;
    const shape = [count("pending"), count("accepted"), count("wrapping")];
    // At most one worker ever has a task.
    expect(count("accepted", "wrapping", "completed")).toBeLessThanOrEqual(1);
    switch (task.assignmentStatus) {
      case "reserved":
        expect(shape.slice(1)).toEqual([0, 0]);
        expect(shape[0]).toBeGreaterThan(0);
        expect(shape[0]).toBeLessThanOrEqual(task.taskQueueFriendlyName === "Experts" ? 2 : 1);
        break;
      case "assigned":
        expect(shape).toEqual([0, 1, 0]);
        break;
      case "wrapping":
        expect(shape).toEqual([0, 0, 1]);
        break;
      default:
        expect(shape).toEqual([0, 0, 0]);
    }
  }
  for (const { channel, reservations } of known) {
    const statuses = reservations.map(({ reservationStatus }) => reservationStatus);
    const load = statuses.filter((status) => active.includes(status)).length;
    const { configuredCapacity: capacity } = channel;
    expect(channel.assignedTasks).toBe(statuses.filter((status) => status === "accepted").length);
    expect(channel.availableCapacityPercentage).toBe(
      capacity === 0 ? 0 : Math.max(0, Math.floor((1 - load / capacity) * 100)),
    );
  }
}

/** No task waits for a worker who is free for it. Experts alone are asked in the first 30 seconds. */
function checkNobodyWaits({ workers: known, tasks }: Observed): void {
  for (const task of tasks.filter(({ assignmentStatus }) => assignmentStatus === "pending")) {
    const { hard, for: target } = JSON.parse(task.attributes) as { hard: boolean; for?: string };
    const onlyBest = hard && target === undefined && task.age < 30;
    const free = known.filter(
      (worker) =>
        worker.available &&
        worker.reservations.filter(({ reservationStatus }) => active.includes(reservationStatus)).length <
          worker.channel.configuredCapacity &&
        fits(task, task.taskQueueFriendlyName, worker) &&
        (!onlyBest || worker.level === 2),
    );
    expect(free.map(({ name }) => `${name} is free for ${task.sid}`)).toEqual([]);
  }
}

/** Who was reserved in the last step was available, had room and belonged to the queue, by the log's own words. */
function checkNewReservations(before: Observed, after: Observed): void {
  const known = new Set(before.workers.flatMap(({ reservations }) => reservations.map(({ sid }) => sid)));
  for (const worker of after.workers) {
    const added = worker.reservations.filter(({ sid }) => !known.has(sid));
    if (added.length === 0) continue;
    const load = worker.reservations.filter(({ reservationStatus }) =>
      active.includes(reservationStatus),
    ).length;
    expect(load).toBeLessThanOrEqual(worker.channel.configuredCapacity);
    for (const { taskSid } of added) {
      const task = after.tasks.find(({ sid }) => sid === taskSid);
      if (task !== undefined) expect(fits(task, task.taskQueueFriendlyName, worker)).toBe(true);
    }
  }
}

const life = /^created( rejected| timeout| canceled| rescinded| accepted( wrapup)?( completed)?)?$/;

/** Every reservation went through statuses in an order that there is; the workers in them were available at first. */
async function checkEvents({ workspace }: ContactCentre): Promise<void> {
  const events = (await workspace.events.list({ minutes: 60 * 24 })).reverse();
  const lives = new Map<string, string[]>();
  for (const { eventType, resourceSid, eventData } of events) {
    const [group, what] = eventType.split(".");
    if (group !== "reservation" || what === undefined) continue;
    lives.set(resourceSid, [...(lives.get(resourceSid) ?? []), what]);
    const data = eventData as Record<string, string>;
    if (what === "created") expect(data["worker_activity_name"]).toBe("Available");
  }
  for (const steps of lives.values()) expect(steps.join(" ")).toMatch(life);
}

test("whatever workers, customers and time do, tasks and reservations stay in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const centre = await contactCentre(local, options);
      for (const name of workers) {
        await centre.addWorker(name, {
          attributes: { contact_uri: `client:${name}`, level: workers.indexOf(name) },
          capacity: 2,
        });
      }
      let before = await observe(centre);
      for (const each of steps) {
        try {
          await perform(centre, each, before);
        } catch (error) {
          // Refusals are part of the game; anything else is not.
          expect([400, 404, 410]).toContain((error as { status?: number }).status ?? error);
        }
        const after = await observe(centre);
        checkState(after);
        checkNobodyWaits(after);
        checkNewReservations(before, after);
        before = after;
      }
      await checkEvents(centre);
      await centre.workspace.remove();
    }),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 40), endOnFailure: false },
  );
}, 120_000);
