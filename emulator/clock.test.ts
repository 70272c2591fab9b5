import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type ContactCentre, contactCentre } from "../tests/support/contactCentre.ts";
import { localTwilio } from "../tests/support/localTwilio.ts";
import { useReceiver } from "../tests/support/receiver.ts";
import { useLocalTwilio } from "../tests/support/useLocalTwilio.ts";
import { startEmulator } from "./index.ts";

const start = Date.UTC(2024, 0, 1);
const local = useLocalTwilio({ seed: "empty", clock: () => start });
const receiver = useReceiver();
let centre: ContactCentre;
beforeAll(async () => {
  centre = await contactCentre(local, { workflow: { taskReservationTimeout: 60 } });
});

describe("POST /_emulator/clock", () => {
  test("advances, and tells the time and what is due", async () => {
    const { now } = (await local.own("GET", "/clock")).body as { now: string };
    const later = (seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();
    const sid = await centre.addTask({ timeout: 100 });
    const { offset } = (await local.own("GET", "/clock")).body as { offset: number };
    expect(await local.own("POST", "/clock", { advance: 90 })).toMatchObject({
      status: 200,
      body: { now: later(90), offset: offset + 90, next_due: later(100) },
    });
    expect(await centre.statusOf(sid)).toBe("pending");
    expect(await local.own("POST", "/clock", { set: later(100) })).toMatchObject({
      status: 200,
      // The canceled task is removed ten minutes later.
      body: { now: later(100), next_due: later(700) },
    });
    expect(await centre.workspace.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "canceled",
      reason: "Task TTL Exceeded",
      dateUpdated: new Date(later(100)),
    });
    await local.advance(700);
  });

  test("names what is due, and goes to the next of it", async () => {
    const due = async () =>
      ((await local.own("GET", "/clock")).body as { due: { sid: string; what: string }[] }).due;
    const ann = await centre.addWorker("ann");
    const sid = await centre.addTask({ timeout: 600 });
    const [reservation] = await centre.workspace.tasks(sid).reservations.list();
    const before = (await local.own("GET", "/clock")).body as { now: string };
    const later = (seconds: number) => new Date(Date.parse(before.now) + seconds * 1000).toISOString();
    expect((await due()).slice(0, 2)).toEqual([
      {
        time: later(60),
        kind: "taskrouter.Reservation",
        sid: reservation?.sid,
        name: "ann",
        what: "the worker has not answered: the reservation times out",
      },
      {
        time: later(600),
        kind: "taskrouter.Task",
        sid,
        name: null,
        what: "the task has waited for its whole time: it is canceled",
      },
    ]);
    expect(await local.own("POST", "/clock", { next: true })).toMatchObject({
      status: 200,
      body: { now: later(60), due: [{ sid, time: later(600) }] },
    });
    expect(await centre.reservations(sid)).toEqual(["ann timeout"]);
    await local.own("POST", "/clock", { next: true });
    expect(await due()).toEqual([
      expect.objectContaining({ sid, what: "the task, which is canceled, is removed" }) as unknown,
    ]);
    await local.own("POST", "/clock", { next: true });
    // What is only forgotten is nothing that anybody waits for.
    expect((await local.own("GET", "/clock")).body).toMatchObject({
      due: [],
      next_due: expect.any(String) as unknown,
    });
    expect(await local.own("POST", "/clock", { next: true })).toMatchObject({
      status: 400,
      body: { code: 20001, message: "Nothing is due by itself, so there is no moment to go to" },
    });
    await centre.workspace.workers(ann).remove();
  });

  test.each([
    [undefined, /^Send \{"advance": seconds\}/],
    [{}, /^Send/],
    [{ advance: "60" }, /^Send/],
    [{ advance: -1 }, /^Send/],
    [{ advance: 1e12 }, /^Send/],
    [{ next: false }, /^Send/],
    [{ next: true, advance: 1 }, /^Send/],
    [{ advance: 1, set: "2030-01-01T00:00:00Z" }, /^Send/],
    [{ set: "tomorrow" }, /^Send/],
    [{ set: "2023-12-31T00:00:00Z" }, /^The clock only moves forward: it is 2024-/],
    [{ set: "9999-01-01T00:00:00Z" }, /more than a hundred years away$/],
  ])("refuses %j", async (body, message) => {
    expect(await local.own("POST", "/clock", body)).toMatchObject({
      status: 400,
      body: { code: 20001, message: expect.stringMatching(message) as unknown, status: 400 },
    });
  });

  test("does what is due on the way at its own time, in order", async () => {
    const worker = await centre.addWorker("ann");
    const sid = await centre.addTask({ timeout: 150 });
    const { now } = (await local.own("GET", "/clock")).body as { now: string };
    await local.advance(3600);
    const events = await centre.workspace.events.list({ taskSid: sid, minutes: 120 });
    expect(
      events
        .reverse()
        .map(({ eventType, eventDateMs }) => [eventType, (Number(eventDateMs) - Date.parse(now)) / 1000])
        .filter(([type]) => /canceled|timeout|reservation/.test(String(type))),
    ).toEqual([
      ["reservation.created", 0],
      ["reservation.timeout", 60],
      ["task.canceled", 150],
    ]);
    expect(await centre.worker("ann")).toMatchObject({
      sid: worker,
      activityName: "Offline",
      dateStatusChanged: new Date(Date.parse(now) + 60_000),
    });
    await centre.workspace.workers(worker).remove();
  });

  test("waits for webhooks under way: they take no time", async () => {
    const called = await contactCentre(local, {
      workflow: { taskReservationTimeout: 10, assignmentCallbackUrl: `${receiver.url}/assignment` },
    });
    receiver.answer = () => ({ json: { instruction: "accept" } });
    await called.addWorker("bea");
    const sid = await called.addTask();
    await local.advance(60);
    expect(await called.reservations(sid)).toEqual(["bea accepted"]);
  });

  test("of several at once each adds its part", async () => {
    const { offset } = (await local.own("GET", "/clock")).body as { offset: number };
    await Promise.all([local.advance(10), local.advance(20)]);
    expect(await local.own("GET", "/clock")).toMatchObject({ body: { offset: offset + 30 } });
  });
});

test("the clock stays within the years that Twilio's dates have digits for", async () => {
  const late = () => Date.UTC(9950, 0, 1);
  const emulator = await startEmulator({ file: ":memory:", port: 0, seed: "empty", clock: late });
  try {
    const move = async (body: object) => {
      const answer = await fetch(`${emulator.url}/_emulator/clock`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const refused = {
      status: 400,
      body: { code: 20001, message: expect.stringMatching(/^The clock goes up to 9999-01-01/) as unknown },
    };
    expect(await move({ advance: 50 * 366 * 86_400 })).toMatchObject(refused);
    expect(await move({ set: "9999-06-01T00:00:00Z" })).toMatchObject(refused);
    expect(await move({ set: "9999-01-01T00:00:00Z" })).toMatchObject({ status: 200 });
  } finally {
    await emulator.close();
  }
});

test("an advanced clock and what is due outlive the process", async () => {
  const folder = mkdtempSync(join(tmpdir(), "clock-"));
  const file = join(folder, "twilio.db");
  const options = { file, port: 0, seed: "flex", clock: () => start } as const;
  try {
    const first = await startEmulator(options);
    const client = localTwilio(first).taskrouter.v1;
    const [{ sid = "" } = {}] = await client.workspaces.list();
    const [workflow] = await client.workspaces(sid).workflows.list();
    const task = await client.workspaces(sid).tasks.create({ workflowSid: workflow?.sid, timeout: 100 });
    await fetch(`${first.url}/_emulator/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"advance":40}',
    });
    await first.close();

    // The process was away when the task's time was up.
    const second = await startEmulator({ ...options, clock: () => start + 75_000 });
    const again = localTwilio(second).taskrouter.v1.workspaces(sid);
    expect(await again.tasks(task.sid).fetch()).toMatchObject({
      age: 115,
      assignmentStatus: "canceled",
      dateUpdated: new Date(start + 100_000),
    });
    await second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is due is also done by real time, without any request", async () => {
  let announce: (status: string) => void = () => undefined;
  const canceled = new Promise<string>((resolve) => (announce = resolve));
  receiver.answer = ({ form }) => {
    if (form["EventType"] === "task.canceled") announce(form["TaskCanceledReason"] ?? "");
    return { status: 204 };
  };
  const running = await startEmulator({ file: ":memory:", port: 0, seed: "flex" });
  try {
    const client = localTwilio(running).taskrouter.v1;
    const [{ sid = "" } = {}] = await client.workspaces.list();
    await client.workspaces(sid).update({ eventCallbackUrl: receiver.url });
    const [workflow] = await client.workspaces(sid).workflows.list();
    await client.workspaces(sid).tasks.create({ workflowSid: workflow?.sid, timeout: 1 });
    expect(await canceled).toBe("Task TTL Exceeded");
  } finally {
    await running.close();
  }
});
