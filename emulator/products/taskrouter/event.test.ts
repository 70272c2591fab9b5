import { beforeEach, describe, expect, test } from "@jest/globals";
import twilio from "twilio";
import {
  type CentreOptions,
  contactCentre,
  type ContactCentre,
} from "../../../tests/support/contactCentre.ts";
import { useReceiver } from "../../../tests/support/receiver.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const start = Date.UTC(2024, 0, 1);
let now = start;
const local = useLocalTwilio({ seed: "empty", clock: () => now });
const receiver = useReceiver();
beforeEach(() => {
  now = start;
});

/** Types of the events of a query, oldest first. */
async function typesOf(centre: ContactCentre, query: object): Promise<string[]> {
  return (await centre.workspace.events.list(query)).map(({ eventType }) => eventType).reverse();
}

test("a task's life, in order", async () => {
  const centre = await contactCentre(local, {
    queues: { Second: {} },
    routing: (queue) => ({
      filters: [
        {
          expression: "1==1",
          targets: [{ queue: queue("Everyone"), timeout: 10 }, { queue: queue("Second") }],
        },
      ],
    }),
  });
  const taskSid = await centre.addTask();
  now += 10_000;
  await centre.workspace.tasks(taskSid).update({ attributes: '{"a":1}' });
  await centre.addWorker("ann");
  await centre.respond(taskSid, "ann", "rejected");
  await centre.respond(taskSid, "ann", "accepted");
  await centre.respond(taskSid, "ann", "wrapping");
  await centre.respond(taskSid, "ann", "completed");
  now += 600_000;
  expect(await typesOf(centre, { taskSid, minutes: 60 })).toEqual([
    "task.created",
    "workflow.entered",
    "workflow.target-matched",
    "task-queue.entered",
    "task-queue.timeout",
    "task-queue.moved",
    "workflow.target-matched",
    "task-queue.entered",
    "task.updated",
    // New attributes: from the start again, where it is too old for the first target.
    "workflow.entered",
    "workflow.target-matched",
    "task-queue.entered",
    "reservation.created",
    "reservation.rejected",
    "reservation.created",
    "reservation.accepted",
    "reservation.wrapup",
    "task.wrapup",
    "reservation.completed",
    "task.completed",
  ]);
});

test.each([
  [
    "task.deleted",
    async (centre: ContactCentre, sid: string) => void (await centre.workspace.tasks(sid).remove()),
  ],
  [
    "task.canceled",
    async (centre: ContactCentre, sid: string) =>
      void (await centre.workspace.tasks(sid).update({ assignmentStatus: "canceled", reason: "spam" })),
  ],
  ["task.canceled", async (_: ContactCentre, __: string) => void (now += 86_400_000)],
])("a task can end with %s", async (type, end) => {
  const centre = await contactCentre(local);
  const taskSid = await centre.addTask();
  await end(centre, taskSid);
  expect((await typesOf(centre, { taskSid })).at(-1)).toBe(type);
});

test("a task that was assigned for too long is deleted by the system", async () => {
  const centre = await contactCentre(local);
  await centre.addWorker("ann");
  const taskSid = await centre.addTask();
  await centre.respond(taskSid, "ann", "accepted");
  now += 86_400_000;
  expect((await typesOf(centre, { taskSid })).at(-1)).toBe("task.system-deleted");
});

test("workers and their channels", async () => {
  const centre = await contactCentre(local);
  const workerSid = await centre.addWorker("ann", { capacity: 3 });
  const worker = centre.workspace.workers(workerSid);
  now += 61_500;
  await worker.update({ attributes: '{"level":1}', activitySid: centre.activities["Unavailable"] });
  await worker.workerChannels("default").update({ available: false });
  await worker.remove();
  expect(await typesOf(centre, { workerSid })).toEqual([
    "worker.created",
    "worker.capacity.update",
    "worker.activity.update",
    "worker.activity.update",
    "worker.attributes.update",
    "worker.channel.availability.update",
    "worker.deleted",
  ]);
  const [event] = await centre.workspace.events.list({ eventType: "worker.activity.update", workerSid });
  expect(event).toMatchObject({
    description: "Worker ann updated to Unavailable Activity",
    resourceType: "worker",
    resourceSid: workerSid,
    resourceUrl: `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}/Workers/${workerSid}`,
    actorType: "workspace",
    actorSid: centre.workspaceSid,
    source: "twilio",
    eventDateMs: now,
    eventData: {
      workspace_sid: centre.workspaceSid,
      workspace_name: (await centre.workspace.fetch()).friendlyName,
      worker_sid: workerSid,
      worker_name: "ann",
      worker_attributes: '{"level":1}',
      worker_activity_sid: centre.activities["Unavailable"],
      worker_activity_name: "Unavailable",
      worker_version: "2",
      worker_previous_activity_sid: centre.activities["Available"],
      worker_previous_activity_name: "Available",
      worker_time_in_previous_activity: "61",
      worker_time_in_previous_activity_ms: "61500",
    },
  });
});

test("what a workspace is made of", async () => {
  const centre = await contactCentre(local);
  const { workspace } = centre;
  const activity = await workspace.activities.create({ friendlyName: "Lunch" });
  await workspace.activities(activity.sid).update({ friendlyName: "Dinner" });
  await workspace.activities(activity.sid).remove();
  const channel = await workspace.taskChannels.create({ friendlyName: "Mail", uniqueName: "mail" });
  await workspace.taskChannels(channel.sid).update({ friendlyName: "E-mail" });
  await workspace.taskChannels(channel.sid).remove();
  const queue = await workspace.taskQueues.create({ friendlyName: "Sales" });
  await workspace.taskQueues(queue.sid).update({ friendlyName: "Offers" });
  await workspace.taskQueues(queue.sid).update({ targetWorkers: "sales == true" });
  await workspace.taskQueues(queue.sid).remove();
  await workspace.workflows(centre.workflowSid).update({ taskReservationTimeout: 5 });
  await workspace.workflows(centre.workflowSid).remove();
  await workspace.update({ friendlyName: `Renamed ${centre.workspaceSid}` });
  const types = await typesOf(centre, {});
  expect(types.slice(types.indexOf("workflow.created"))).toEqual([
    "workflow.created",
    "activity.created",
    "activity.updated",
    "activity.deleted",
    "task-channel.created",
    "task-channel.updated",
    "task-channel.deleted",
    "task-queue.created",
    "task-queue.expression.updated",
    "task-queue.deleted",
    "workflow.updated",
    "workflow.deleted",
    "workspace.updated",
  ]);
});

describe("list", () => {
  test("shows the last 15 minutes, newest first, unless asked otherwise", async () => {
    const centre = await contactCentre(local);
    const at = async (minutes: number): Promise<string> => {
      now = start + minutes * 60_000;
      return centre.addTask();
    };
    const tasks = [await at(0), await at(10), await at(20)];
    now = start + 30 * 60_000;
    const created = async (query: object): Promise<number[]> =>
      (await centre.workspace.events.list({ eventType: "task.created", ...query })).map(({ resourceSid }) =>
        tasks.indexOf(resourceSid),
      );
    const date = (minutes: number): Date => new Date(start + minutes * 60_000);
    expect(await created({})).toEqual([2]);
    expect(await created({ minutes: 20 })).toEqual([2, 1]);
    expect(await created({ minutes: 60 })).toEqual([2, 1, 0]);
    expect(await created({ startDate: date(10) })).toEqual([2, 1]);
    expect(await created({ endDate: date(10) })).toEqual([1, 0]);
    expect(await created({ startDate: date(5), endDate: date(15) })).toEqual([1]);
    expect(await created({ startDate: date(5), endDate: date(15), pageSize: 1 })).toEqual([1]);
    await expect(created({ startDate: date(15), endDate: date(5) })).rejects.toMatchObject({ status: 400 });
  });

  test("is narrowed by what events are about", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("ann", { channel: "chat", capacity: 2 });
    const one = await centre.addTask({ taskChannel: "chat" });
    await centre.addTask();
    const [reservation] = await centre.workspace.tasks(one).reservations.list();
    const reservationSid = reservation?.sid ?? "";
    expect(await typesOf(centre, { reservationSid })).toEqual(["reservation.created"]);
    expect(await typesOf(centre, { taskChannel: "chat", eventType: "task.created" })).toEqual([
      "task.created",
    ]);
    expect(
      await typesOf(centre, { workflowSid: centre.workflowSid, eventType: "reservation.created" }),
    ).toHaveLength(2);
    expect(await typesOf(centre, { taskQueueSid: centre.queues["Everyone"], taskSid: one })).not.toContain(
      "workspace.created",
    );
  });

  test("forgets after 30 days", async () => {
    const centre = await contactCentre(local);
    const [oldest] = (await centre.workspace.events.list()).reverse();
    now += 30 * 86_400_000;
    expect(await centre.workspace.events.list({ startDate: new Date(start) })).toEqual([]);
    await expect(centre.workspace.events(oldest?.sid ?? "").fetch()).rejects.toMatchObject({ status: 404 });
  });
});

describe("event callback", () => {
  const called = (eventsFilter?: string): CentreOptions => ({
    workspace: {
      eventCallbackUrl: `${receiver.url}/events?from=taskrouter`,
      ...(eventsFilter && { eventsFilter }),
    },
  });

  test("posts the events that the filter names, signed", async () => {
    const centre = await contactCentre(local, called("task.created, reservation.accepted"));
    const workerSid = await centre.addWorker("ann", { attributes: { contact_uri: "client:ann" } });
    const taskSid = await centre.addTask({ attributes: { body: "Grüße" }, priority: 3 });
    await centre.respond(taskSid, "ann", "accepted");
    await local.advance(0);
    expect(receiver.received.map(({ form }) => form["EventType"])).toEqual([
      "task.created",
      "reservation.accepted",
    ]);
    const accepted = receiver.received[1];
    const [event] = await centre.workspace.events.list({ eventType: "reservation.accepted" });
    const [reservation] = await centre.workspace.tasks(taskSid).reservations.list();
    expect(accepted?.form).toEqual({
      EventType: "reservation.accepted",
      Sid: event?.sid,
      AccountSid: local.emulator.accountSid,
      EventDescription: `Reservation ${reservation?.sid} of worker ann: accepted`,
      ResourceType: "reservation",
      ResourceSid: reservation?.sid,
      Timestamp: String(start / 1000),
      TimestampMs: String(start),
      WorkspaceSid: centre.workspaceSid,
      WorkspaceName: (await centre.workspace.fetch()).friendlyName,
      TaskSid: taskSid,
      TaskAttributes: '{"body":"Grüße"}',
      TaskAge: "0",
      TaskPriority: "3",
      TaskAssignmentStatus: "reserved",
      TaskChannelSid: expect.stringMatching(/^TC/),
      TaskChannelUniqueName: "default",
      TaskDateCreated: String(start / 1000),
      TaskQueueSid: centre.queues["Everyone"],
      TaskQueueName: "Everyone",
      WorkflowSid: centre.workflowSid,
      WorkflowName: "Messages",
      WorkerSid: workerSid,
      WorkerName: "ann",
      WorkerAttributes: '{"contact_uri":"client:ann"}',
      WorkerActivitySid: centre.activities["Available"],
      WorkerActivityName: "Available",
      WorkerVersion: "1",
      ReservationSid: reservation?.sid,
    });
    const url = `${receiver.url}/events?from=taskrouter`;
    const given = String(accepted?.headers["x-twilio-signature"]);
    expect(twilio.validateRequest(local.emulator.authToken, given, url, accepted?.form ?? {})).toBe(true);
  });

  test("posts everything without a filter, and a failing receiver changes nothing", async () => {
    receiver.answer = () => ({ status: 500 });
    const centre = await contactCentre(local, called());
    const taskSid = await centre.addTask();
    await centre.workspace.tasks(taskSid).update({ assignmentStatus: "canceled", reason: "spam" });
    await local.advance(0);
    const types = receiver.received.map(({ form }) => form["EventType"]);
    expect(types.slice(0, 2)).toEqual(["workspace.created", "activity.created"]);
    expect(types.at(-1)).toBe("task.canceled");
    expect(receiver.received.at(-1)?.form["TaskCanceledReason"]).toBe("spam");
    const { body } = await local.own("GET", "/webhooks?limit=1");
    expect(body).toMatchObject({
      webhooks: [
        {
          purpose: "taskrouter.event",
          status: "failed",
          attempts: [{ status: 500 }],
          problem: { code: 11200, message: "Answered 500" },
        },
      ],
    });
  });
});
