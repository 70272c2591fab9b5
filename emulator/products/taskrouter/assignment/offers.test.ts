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

describe("MaxReservedWorkers", () => {
  test("offers to several workers at once; the first to accept has it", async () => {
    const centre = await contactCentre(local, { queue: { maxReservedWorkers: 3 } });
    const add = async (...names: string[]): Promise<void> => {
      for (const name of names) {
        await centre.addWorker(name);
        pass(1);
      }
    };
    await add("ann", "bea");
    const sid = await centre.addTask();
    expect(await centre.offeredTo(sid)).toEqual(["ann", "bea"]);
    await add("cid", "dan");
    expect(await centre.offeredTo(sid)).toEqual(["ann", "bea", "cid"]);
    await centre.respond(sid, "bea", "rejected");
    expect(await centre.statusOf(sid)).toBe("reserved");
    expect(await centre.offeredTo(sid)).toEqual(["ann", "cid", "dan"]);
    await centre.respond(sid, "dan", "accepted");
    expect(await centre.reservations(sid)).toEqual([
      "ann rescinded",
      "bea rejected",
      "cid rescinded",
      "dan accepted",
    ]);
    // The rescinded are free for the next.
    expect(await centre.offeredTo(await centre.addTask())).toEqual(["ann", "bea", "cid"]);
  });
});

describe("capacity", () => {
  test("is per channel, and freed by completion", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("ann", { capacity: 2, channel: "chat" });
    const chats = [
      await centre.addTask({ taskChannel: "chat" }),
      await centre.addTask({ taskChannel: "chat" }),
      await centre.addTask({ taskChannel: "chat" }),
    ] as const;
    const sms = await centre.addTask({ taskChannel: "sms" });
    expect(await Promise.all([...chats, sms].map((sid) => centre.offeredTo(sid)))).toEqual([
      ["ann"],
      ["ann"],
      [],
      ["ann"],
    ]);
    await centre.respond(chats[0], "ann", "accepted");
    await centre.respond(chats[0], "ann", "wrapping");
    expect(await centre.offeredTo(chats[2])).toEqual([]);
    await centre.respond(chats[0], "ann", "completed");
    expect(await centre.offeredTo(chats[2])).toEqual(["ann"]);
  });

  test("a channel that is switched off, or has no capacity, gets nothing until that changes", async () => {
    const centre = await contactCentre(local);
    const ann = await centre.addWorker("ann", { activity: "Offline" });
    const channel = centre.workspace.workers(ann).workerChannels("default");
    await channel.update({ available: false });
    await centre.workspace.workers(ann).update({ activitySid: centre.activities["Available"] });
    const sid = await centre.addTask();
    expect(await centre.offeredTo(sid)).toEqual([]);
    await channel.update({ capacity: 0, available: true });
    expect(await centre.offeredTo(sid)).toEqual([]);
    await channel.update({ capacity: 1 });
    expect(await centre.offeredTo(sid)).toEqual(["ann"]);
  });

  test("attributes and queue expressions decide anew whenever they change", async () => {
    const centre = await contactCentre(local, { queue: { targetWorkers: "level > 3" } });
    const ann = await centre.addWorker("ann", { attributes: { level: 1 } });
    const [first, second] = [await centre.addTask(), await centre.addTask()];
    expect(await centre.offeredTo(first)).toEqual([]);
    await centre.workspace.workers(ann).update({ attributes: '{"level":4}' });
    expect(await centre.offeredTo(first)).toEqual(["ann"]);
    await centre.addWorker("bea", { attributes: { level: 1 } });
    expect(await centre.offeredTo(second)).toEqual([]);
    await centre.workspace.taskQueues(centre.queues["Everyone"] ?? "").update({ targetWorkers: "level > 0" });
    expect(await centre.offeredTo(second)).toEqual(["bea"]);
  });
});

describe("RoutingTarget", () => {
  test("a worker: that one gets it, full and offline as well", async () => {
    const centre = await contactCentre(local);
    const ann = await centre.addWorker("ann", { activity: "Offline" });
    await centre.addWorker("bea");
    const queueSid = centre.queues["Everyone"];
    for (let index = 0; index < 2; index++) {
      const { sid, workflowSid, taskQueueSid, ignoreCapacity, routingTarget } =
        await centre.workspace.tasks.create({ routingTarget: ann, taskQueueSid: queueSid });
      expect([workflowSid, taskQueueSid, ignoreCapacity, routingTarget]).toEqual([null, queueSid, true, ann]);
      expect(await centre.reservations(sid)).toEqual(["ann pending"]);
    }
  });

  test("a worker whose capacity is to be respected gets it when free", async () => {
    const centre = await contactCentre(local);
    const ann = await centre.addWorker("ann", { activity: "Offline" });
    await centre.addWorker("bea");
    const add = async (): Promise<string> =>
      (await centre.workspace.tasks.create({ routingTarget: ann, ignoreCapacity: "false" })).sid;
    const [first, second] = [await add(), await add()];
    expect(await centre.offeredTo(first)).toEqual([]);
    await centre.workspace.workers(ann).update({ activitySid: centre.activities["Available"] });
    expect([await centre.offeredTo(first), await centre.offeredTo(second)]).toEqual([["ann"], []]);
    pass(120);
    expect(await centre.reservations(first)).toEqual(["ann timeout"]);
  });

  test("a queue: it waits there, past all workflows", async () => {
    const centre = await contactCentre(local, { queues: { Direct: { targetWorkers: "direct == true" } } });
    await centre.addWorker("ann");
    const { sid } = await centre.workspace.tasks.create({ routingTarget: centre.queues["Direct"] });
    expect(await centre.workspace.tasks(sid).fetch()).toMatchObject({
      taskQueueFriendlyName: "Direct",
      workflowSid: null,
      assignmentStatus: "pending",
    });
    await centre.addWorker("dan", { attributes: { direct: true } });
    expect(await centre.offeredTo(sid)).toEqual(["dan"]);
  });

  test("a workflow: as if it were named", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("ann");
    const { sid, workflowSid } = await centre.workspace.tasks.create({ routingTarget: centre.workflowSid });
    expect(workflowSid).toBe(centre.workflowSid);
    expect(await centre.offeredTo(sid)).toEqual(["ann"]);
  });
});

describe("without multitasking", () => {
  const single = async () => {
    const centre = await contactCentre(local, { workspace: { multiTaskEnabled: false } });
    const activity = async (friendlyName: string): Promise<string> =>
      (await centre.workspace.activities.create({ friendlyName, available: false })).sid;
    const reservationActivitySid = await activity("Reserved");
    const assignmentActivitySid = await activity("Busy");
    await centre.workspace
      .taskQueues(centre.queues["Everyone"] ?? "")
      .update({ reservationActivitySid, assignmentActivitySid });
    await centre.addWorker("ann", { capacity: 5 });
    return centre;
  };
  const activityOf = async (centre: Awaited<ReturnType<typeof single>>): Promise<string> =>
    (await centre.worker("ann")).activityName;

  test("a worker has one task at a time, and the queue's activities while reserved and assigned", async () => {
    const centre = await single();
    const [first, second] = [await centre.addTask(), await centre.addTask({ taskChannel: "chat" })];
    expect([await activityOf(centre), await centre.offeredTo(second)]).toEqual(["Reserved", []]);
    await centre.respond(first, "ann", "accepted");
    expect(await activityOf(centre)).toBe("Busy");
    await centre.respond(first, "ann", "completed");
    // The worker says when to go on.
    expect([await activityOf(centre), await centre.offeredTo(second)]).toEqual(["Busy", []]);
  });

  test("a rejection brings back the activity of before", async () => {
    const centre = await single();
    const sid = await centre.addTask();
    await centre.addWorker("bea");
    await centre.respond(sid, "ann", "rejected");
    expect([await activityOf(centre), await centre.offeredTo(sid)]).toEqual(["Available", ["bea"]]);
  });

  test("with multitasking, activities are the workers' own affair", async () => {
    const centre = await contactCentre(local);
    await centre.workspace
      .taskQueues(centre.queues["Everyone"] ?? "")
      .update({ reservationActivitySid: centre.activities["Unavailable"] });
    await centre.addWorker("ann");
    const sid = await centre.addTask();
    expect([await centre.offeredTo(sid), (await centre.worker("ann")).activityName]).toEqual([
      ["ann"],
      "Available",
    ]);
  });
});
