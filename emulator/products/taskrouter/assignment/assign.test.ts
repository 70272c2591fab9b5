import { beforeEach, describe, expect, test } from "@jest/globals";
import { contactCentre } from "../../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../../tests/support/useLocalTwilio.ts";

const start = Date.UTC(2024, 0, 1);
let now = start;
const local = useLocalTwilio({ seed: "empty", clock: () => now });
beforeEach(() => {
  now = start;
});

/** Lets time pass. */
const pass = (seconds: number): void => {
  now += seconds * 1000;
};

describe("a task", () => {
  test("is offered to an available worker of its queue, and waits without one", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("off", { activity: "Offline" });
    const waiting = await centre.addTask();
    expect(await centre.statusOf(waiting)).toBe("pending");
    await centre.addWorker("ann");
    expect(await centre.statusOf(waiting)).toBe("reserved");
    expect(await centre.reservations(waiting)).toEqual(["ann pending"]);
  });

  test("goes from pending to completed, and is removed ten minutes later", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("ann");
    const sid = await centre.addTask();
    await centre.respond(sid, "ann", "accepted");
    expect(await centre.statusOf(sid)).toBe("assigned");
    await centre.workspace.tasks(sid).update({ assignmentStatus: "wrapping" });
    expect(await centre.reservations(sid)).toEqual(["ann wrapping"]);
    await centre.respond(sid, "ann", "completed");
    expect(await centre.workspace.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "completed",
      reason: "All reservations were completed",
    });
    pass(599);
    expect(await centre.statusOf(sid)).toBe("completed");
    pass(1);
    expect(await centre.statusOf(sid)).toBe("gone");
    expect(await centre.workspace.workers((await centre.worker("ann")).sid).reservations.list()).toEqual([]);
  });

  test("that nobody takes is canceled when its time is up, whatever its reservations", async () => {
    const centre = await contactCentre(local, { workflow: { taskReservationTimeout: 1000 } });
    const waiting = await centre.addTask({ timeout: 50 });
    pass(10);
    await centre.addWorker("ann");
    const offered = await centre.addTask({ timeout: 50 });
    await centre.respond(waiting, "ann", "rejected");
    pass(40);
    expect(await centre.workspace.tasks(waiting).fetch()).toMatchObject({
      assignmentStatus: "canceled",
      reason: "Task TTL Exceeded",
    });
    expect(await centre.statusOf(offered)).toBe("reserved");
    pass(10);
    expect(await centre.reservations(offered)).toEqual(["ann canceled"]);
    pass(590);
    expect(await centre.statusOf(waiting)).toBe("gone");
  });

  test("that stays assigned is deleted after 24 hours; one being wrapped up is not", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("ann", { capacity: 2 });
    const [assigned, wrapping] = [await centre.addTask(), await centre.addTask()];
    await centre.respond(assigned, "ann", "accepted");
    await centre.respond(wrapping, "ann", "accepted");
    await centre.respond(wrapping, "ann", "wrapping");
    pass(24 * 60 * 60);
    expect([await centre.statusOf(assigned), await centre.statusOf(wrapping)]).toEqual(["gone", "wrapping"]);
  });

  test("is canceled after a thousand offers that came to nothing", async () => {
    const centre = await contactCentre(local, { workspace: {} });
    await centre.workspace.update({ timeoutActivitySid: centre.activities["Available"] });
    await centre.addWorker("ann");
    const sid = await centre.addTask({ timeout: 1_209_600 });
    pass(120 * 999);
    expect(await centre.statusOf(sid)).toBe("reserved");
    pass(120);
    expect(await centre.workspace.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "canceled",
      reason: "Max assignment count exceeded",
    });
    expect((await centre.workspace.tasks(sid).reservations.list()).length).toBe(1000);
  });
});

describe("reservation timeout", () => {
  test("moves the worker to the timeout activity, and the task to another worker", async () => {
    const centre = await contactCentre(local, { workflow: { taskReservationTimeout: 30 } });
    await centre.workspace.update({ timeoutActivitySid: centre.activities["Unavailable"] });
    await centre.addWorker("ann");
    pass(1);
    await centre.addWorker("bea");
    const sid = await centre.addTask();
    expect(await centre.offeredTo(sid)).toEqual(["ann"]);
    pass(29);
    expect(await centre.offeredTo(sid)).toEqual(["ann"]);
    pass(1);
    expect(await centre.reservations(sid)).toEqual(["ann timeout", "bea pending"]);
    expect((await centre.worker("ann")).activityName).toBe("Unavailable");
    pass(30);
    expect([await centre.statusOf(sid), await centre.offeredTo(sid)]).toEqual(["pending", []]);
  });
});

describe("targeted routing", () => {
  const targeted = {
    routing: (queue: (name: string) => string) => ({
      filters: [
        {
          expression: "targetWorker != null",
          targets: [
            { queue: queue("Everyone"), expression: "task.targetWorker == worker.contact_uri", timeout: 60 },
          ],
        },
      ],
      default_filter: { queue: queue("Everyone") },
    }),
  };
  const uri = (name: string) => ({ attributes: { contact_uri: `client:${name}` } });
  const forBea = { attributes: { targetWorker: "client:bea" } };

  test("offers the task to that worker and no other, however idle the others", async () => {
    const centre = await contactCentre(local, targeted);
    await centre.addWorker("ann", uri("ann"));
    pass(100);
    await centre.addWorker("bea", uri("bea"));
    await centre.addWorker("cid", uri("cid"));
    const sid = await centre.addTask(forBea);
    expect(await centre.reservations(sid)).toEqual(["bea pending"]);
    await centre.respond(sid, "bea", "rejected");
    expect(await centre.reservations(sid)).toEqual(["bea rejected", "bea pending"]);
  });

  test("offers it to nobody while that worker is offline, then ends with the step's timeout", async () => {
    const centre = await contactCentre(local, targeted);
    await centre.addWorker("ann", uri("ann"));
    await centre.addWorker("bea", { ...uri("bea"), activity: "Offline" });
    const sid = await centre.addTask(forBea);
    pass(59);
    expect([await centre.statusOf(sid), await centre.reservations(sid)]).toEqual(["pending", []]);
    pass(1);
    expect(await centre.workspace.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "canceled",
      reason: "Task canceled on Workflow timeout",
    });
    expect(await centre.reservations(sid)).toEqual([]);
  });

  test("offers it when that worker comes back in time", async () => {
    const centre = await contactCentre(local, targeted);
    const bea = await centre.addWorker("bea", { ...uri("bea"), activity: "Offline" });
    const sid = await centre.addTask(forBea);
    pass(30);
    await centre.workspace.workers(bea).update({ activitySid: centre.activities["Available"] });
    expect(await centre.offeredTo(sid)).toEqual(["bea"]);
  });
});

describe("the steps of a workflow", () => {
  const steps = {
    queues: { First: { targetWorkers: "level == 1" }, Second: { targetWorkers: "level == 2" } },
    routing: (queue: (name: string) => string) => ({
      filters: [
        {
          expression: "1 == 1",
          targets: [
            { queue: queue("First"), timeout: 20, priority: 1 },
            { queue: queue("Second"), timeout: 30, priority: 9 },
          ],
        },
      ],
    }),
  };
  const place = async (centre: Awaited<ReturnType<typeof contactCentre>>, sid: string) => {
    const task = await centre.workspace.tasks(sid).fetch();
    return [task.taskQueueFriendlyName, task.priority, task.assignmentStatus];
  };

  test("follow each other by timeout; after the last the task is canceled", async () => {
    const centre = await contactCentre(local, steps);
    const sid = await centre.addTask();
    expect(await place(centre, sid)).toEqual(["First", 1, "pending"]);
    // A target's priority wins over the task's own.
    await centre.workspace.tasks(sid).update({ priority: 5 });
    expect(await place(centre, sid)).toEqual(["First", 1, "pending"]);
    pass(20);
    expect(await place(centre, sid)).toEqual(["Second", 9, "pending"]);
    expect((await centre.workspace.tasks(sid).fetch()).taskQueueEnteredDate).toEqual(
      new Date(start + 20_000),
    );
    await centre.addWorker("one", { attributes: { level: 1 } });
    expect(await centre.offeredTo(sid)).toEqual([]);
    await centre.addWorker("two", { attributes: { level: 2 } });
    expect(await centre.offeredTo(sid)).toEqual(["two"]);
    pass(30);
    // A reserved task stays with its worker; only when that fails is it too late.
    expect(await place(centre, sid)).toEqual(["Second", 9, "reserved"]);
    await centre.respond(sid, "two", "rejected");
    expect(await place(centre, sid)).toEqual(["Second", 9, "canceled"]);
  });

  test("a reservation that fails within the step is offered on in it", async () => {
    const centre = await contactCentre(local, steps);
    await centre.addWorker("one", { attributes: { level: 1 } });
    const sid = await centre.addTask();
    pass(10);
    await centre.addWorker("uno", { attributes: { level: 1 } });
    await centre.respond(sid, "one", "rejected");
    expect(await centre.offeredTo(sid)).toEqual(["uno"]);
  });

  test("skip_if leaves a step at once, and the workflow for the default filter", async () => {
    const centre = await contactCentre(local, {
      queues: { Experts: { targetWorkers: "expert == true" } },
      routing: (queue) => ({
        filters: [
          {
            expression: "topic == 'hard'",
            targets: [{ queue: queue("Experts"), skip_if: "workers.available == 0" }],
          },
        ],
        default_filter: { queue: queue("Everyone") },
      }),
    });
    await centre.addWorker("ann");
    const sid = await centre.addTask({ attributes: { topic: "hard" } });
    expect(await place(centre, sid)).toEqual(["Everyone", 0, "reserved"]);
    const busy = await centre.addWorker("eve", { attributes: { expert: true } });
    await centre.addTask({ attributes: { topic: "hard" } });
    const waits = await centre.addTask({ attributes: { topic: "hard" } });
    // There is an expert, who is at work: the task waits.
    expect(await place(centre, waits)).toEqual(["Experts", 0, "pending"]);
    await centre.workspace.workers(busy).update({ activitySid: centre.activities["Offline"] });
    expect(await place(centre, waits)).toEqual(["Experts", 0, "pending"]);
  });

  test("a task that skips all it matches, without a default filter, is removed", async () => {
    const centre = await contactCentre(local, {
      routing: (queue) => ({
        filters: [{ expression: "1 == 1", targets: [{ queue: queue("Everyone"), skip_if: "1 == 1" }] }],
      }),
    });
    const sid = await centre.addTask();
    expect(await centre.statusOf(sid)).toBe("gone");
    const events = await centre.workspace.events.list({ taskSid: sid });
    expect(events.map(({ eventType }) => eventType).reverse()).toEqual(["task.created", "workflow.skipped"]);
  });

  test("new attributes send a pending task through the workflow anew; a reserved one stays", async () => {
    const centre = await contactCentre(local, {
      queues: { Sales: {} },
      routing: (queue) => ({
        filters: [{ expression: "team == 'sales'", targets: [{ queue: queue("Sales") }] }],
        default_filter: { queue: queue("Everyone") },
      }),
    });
    const sid = await centre.addTask();
    const update = (team: string) =>
      centre.workspace.tasks(sid).update({ attributes: JSON.stringify({ team }) });
    await update("sales");
    expect((await place(centre, sid))[0]).toBe("Sales");
    await centre.addWorker("ann");
    await update("service");
    expect(await place(centre, sid)).toEqual(["Sales", 0, "reserved"]);
  });

  test("a changed workflow is for tasks to come, unless it is to re-evaluate", async () => {
    const centre = await contactCentre(local, { queues: { Other: {} } });
    const sid = await centre.addTask();
    const configuration = JSON.stringify({
      task_routing: { filters: [{ expression: "1==1", targets: [{ queue: centre.queues["Other"] }] }] },
    });
    const update = (reEvaluateTasks: string) =>
      centre.workspace.workflows(centre.workflowSid).update({ configuration, reEvaluateTasks });
    await update("false");
    expect((await place(centre, await centre.addTask()))[0]).toBe("Other");
    await update("true");
    expect((await place(centre, sid))[0]).toBe("Other");
  });
});

describe("the order of waiting tasks", () => {
  test("FIFO: by priority, then by virtual start time", async () => {
    const centre = await contactCentre(local);
    const early = new Date("2023-01-01T00:00:00Z");
    const [plain, urgent, old] = [
      await centre.addTask(),
      await centre.addTask({ priority: 5 }),
      await centre.addTask({ virtualStartTime: early }),
    ];
    await centre.addWorker("ann", { activity: "Offline", capacity: 1 });
    const ann = (await centre.worker("ann")).sid;
    const served: string[] = [];
    await centre.workspace.workers(ann).update({ activitySid: centre.activities["Available"] });
    for (let index = 0; index < 3; index++) {
      const [pending] = await centre.workspace
        .workers(ann)
        .reservations.list({ reservationStatus: "pending" });
      served.push(pending?.taskSid ?? "");
      await centre.respond(pending?.taskSid ?? "", "ann", "accepted");
      await centre.respond(pending?.taskSid ?? "", "ann", "completed");
    }
    expect(served).toEqual([urgent, old, plain]);
  });

  test("LIFO: the newest first, whatever its priority", async () => {
    const centre = await contactCentre(local, { queue: { taskOrder: "LIFO" } });
    const tasks: string[] = [];
    for (const priority of [9, 0, 5]) {
      tasks.push(await centre.addTask({ priority }));
      pass(1);
    }
    await centre.addWorker("ann", { capacity: 2 });
    // Capacity 1 until it was raised, both before the worker was available.
    const offered = await Promise.all(tasks.map((sid) => centre.offeredTo(sid)));
    expect(offered).toEqual([[], ["ann"], ["ann"]]);
  });

  test.each([
    ["FIFO", "Everyone"],
    ["LIFO", "Latest"],
  ])("PrioritizeQueueOrder %s serves the queue %s first", async (prioritizeQueueOrder, expected) => {
    const centre = await contactCentre(local, {
      workspace: { prioritizeQueueOrder },
      queues: { Latest: { taskOrder: "LIFO" } },
      routing: (queue) => ({
        filters: [{ expression: "latest == true", targets: [{ queue: queue("Latest") }] }],
        default_filter: { queue: queue("Everyone") },
      }),
    });
    const tasks = {
      Everyone: await centre.addTask({ priority: 9 }),
      Latest: await centre.addTask({ attributes: { latest: true } }),
    };
    await centre.addWorker("ann");
    expect(await centre.offeredTo(tasks[expected as "Latest"])).toEqual(["ann"]);
  });

  test("workers who wait longest come first; being assigned or done starts the wait anew", async () => {
    const centre = await contactCentre(local);
    for (const name of ["ann", "bea", "cid"]) {
      await centre.addWorker(name);
      pass(1);
    }
    const next = async (): Promise<string> => {
      const sid = await centre.addTask();
      const [name = ""] = await centre.offeredTo(sid);
      await centre.respond(sid, name, "accepted");
      await centre.respond(sid, name, "completed");
      pass(1);
      return name;
    };
    expect([await next(), await next(), await next(), await next()]).toEqual(["ann", "bea", "cid", "ann"]);
  });
});
