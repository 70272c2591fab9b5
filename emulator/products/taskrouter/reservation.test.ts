import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  type CentreOptions,
  type ContactCentre,
  contactCentre,
} from "../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const start = Date.UTC(2024, 0, 1);
let now = start;
const local = useLocalTwilio({ seed: "empty", clock: () => now });
beforeEach(() => {
  now = start;
});

/** A task that ann has a reservation for. */
async function reserved(options: CentreOptions = {}): Promise<{
  centre: ContactCentre;
  worker: string;
  task: string;
  sid: string;
  reservation: ReturnType<ReturnType<ContactCentre["workspace"]["tasks"]>["reservations"]>;
}> {
  const centre = await contactCentre(local, options);
  const worker = await centre.addWorker("ann");
  const task = await centre.addTask();
  const [found] = await centre.workspace.tasks(task).reservations.list();
  const sid = found?.sid ?? "";
  return { centre, worker, task, sid, reservation: centre.workspace.tasks(task).reservations(sid) };
}

test("is reached through its task and through its worker, each with its own address", async () => {
  const { centre, worker, task, sid } = await reserved();
  const base = `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}`;
  const expected = {
    sid,
    account_sid: local.emulator.accountSid,
    workspace_sid: centre.workspaceSid,
    task_sid: task,
    worker_sid: worker,
    worker_name: "ann",
    reservation_status: "pending",
    date_created: "2024-01-01T00:00:00Z",
    date_updated: "2024-01-01T00:00:00Z",
    links: { workspace: base, task: `${base}/Tasks/${task}`, worker: `${base}/Workers/${worker}` },
  };
  for (const owner of [`Tasks/${task}`, `Workers/${worker}`]) {
    const url = `${base}/${owner}/Reservations/${sid}`;
    expect(await local.send("GET", url)).toMatchObject({ status: 200, body: { ...expected, url } });
    const list = await local.send("GET", `${base}/${owner}/Reservations`);
    expect(list.body).toMatchObject({ reservations: [{ ...expected, url }] });
  }
});

test("is not reached through another task or worker", async () => {
  const { centre, sid } = await reserved();
  const other = await centre.addTask();
  const stranger = await centre.addWorker("bea", { activity: "Offline" });
  const missing = { status: 404, code: 20404 };
  await expect(centre.workspace.tasks(other).reservations(sid).fetch()).rejects.toMatchObject(missing);
  await expect(centre.workspace.workers(stranger).reservations(sid).fetch()).rejects.toMatchObject(missing);
  await expect(
    centre.workspace.workers(stranger).reservations(sid).update({ reservationStatus: "accepted" }),
  ).rejects.toMatchObject(missing);
  expect(await centre.workspace.workers(stranger).reservations.list()).toEqual([]);
});

test("lists are narrowed by status and worker", async () => {
  const { centre, worker, task } = await reserved();
  await centre.respond(task, "ann", "rejected");
  const { reservations } = centre.workspace.tasks(task);
  const statuses = async (query: object): Promise<string[]> =>
    (await reservations.list(query)).map(({ reservationStatus }) => reservationStatus);
  expect(await statuses({})).toEqual(["rejected", "pending"]);
  expect(await statuses({ reservationStatus: "rejected" })).toEqual(["rejected"]);
  expect(await statuses({ workerSid: worker })).toEqual(["rejected", "pending"]);
  expect(await statuses({ workerSid: `WK${"0".repeat(32)}` })).toEqual([]);
  const ofWorker = await centre.workspace.workers(worker).reservations.list({ reservationStatus: "pending" });
  expect(ofWorker).toHaveLength(1);
});

describe("status", () => {
  const bring = async (status: string) => {
    const found = await reserved();
    const { centre, task } = found;
    switch (status) {
      case "pending":
        break;
      case "timeout":
        now += 120_000;
        break;
      case "canceled":
        await centre.workspace.tasks(task).update({ assignmentStatus: "canceled" });
        break;
      case "rejected":
        await centre.respond(task, "ann", "rejected", {
          workerActivitySid: centre.activities["Offline"],
        });
        break;
      default:
        await centre.respond(task, "ann", "accepted");
        if (status !== "accepted") await centre.respond(task, "ann", status);
    }
    expect(await centre.reservations(task)).toEqual([`ann ${status}`]);
    return found;
  };

  const notIn = (verb: string, wanted: string) =>
    new RegExp(`^Unable to ${verb} reservation WR\\w+\\. It is not currently in a ${wanted} state, but `);
  const set = (status: string) => new RegExp(`^ReservationStatus ${status} is TaskRouter's to set`);

  test.each([
    ["pending", "accepted", 200, "assigned"],
    ["pending", "rejected", 200, "reserved"],
    ["pending", "wrapping", 400, notIn("wrap up", "Accepted")],
    ["pending", "completed", 400, notIn("complete", "Accepted or Wrapping")],
    ["pending", "timeout", 400, set("timeout")],
    ["pending", "canceled", 400, set("canceled")],
    ["pending", "rescinded", 400, set("rescinded")],
    ["pending", "pending", 200, "reserved"],
    ["accepted", "accepted", 400, notIn("accept", "Pending")],
    ["accepted", "rejected", 400, notIn("reject", "Pending")],
    ["accepted", "pending", 400, set("pending")],
    ["accepted", "wrapping", 200, "wrapping"],
    ["accepted", "completed", 200, "completed"],
    ["wrapping", "accepted", 400, notIn("accept", "Pending")],
    ["wrapping", "completed", 200, "completed"],
    ["completed", "completed", 400, notIn("complete", "Accepted or Wrapping")],
    ["rejected", "accepted", 400, notIn("accept", "Pending")],
    ["timeout", "accepted", 410, notIn("accept", "Pending")],
    ["timeout", "rejected", 410, notIn("reject", "Pending")],
    ["canceled", "accepted", 410, notIn("accept", "Pending")],
    ["canceled", "completed", 410, notIn("complete", "Accepted or Wrapping")],
  ])("from %s to %s answers %i: %s", async (from, to, status, expected) => {
    const { centre, task, reservation } = await bring(from);
    const update = reservation.update({ reservationStatus: to as "accepted" });
    if (typeof expected === "string") {
      expect(await update).toMatchObject({ reservationStatus: to });
      expect(await centre.statusOf(task)).toBe(expected);
    } else {
      const message = expect.stringMatching(expected) as unknown;
      const code = status === 410 ? 20410 : 20001;
      await expect(update).rejects.toMatchObject({ status, code, message });
      expect((await reservation.fetch()).reservationStatus).toBe(from);
    }
  });

  test("one that another worker was faster with is gone", async () => {
    const centre = await contactCentre(local, { queue: { maxReservedWorkers: 2 } });
    await centre.addWorker("ann");
    now += 1000;
    await centre.addWorker("bea");
    const task = await centre.addTask();
    await centre.respond(task, "bea", "accepted");
    expect(await centre.reservations(task)).toEqual(["ann rescinded", "bea accepted"]);
    await expect(centre.respond(task, "ann", "accepted")).rejects.toMatchObject({ status: 410 });
    expect((await centre.worker("ann")).activityName).toBe("Available");
  });

  test("If-Match guards it, through task and worker", async () => {
    const { centre, worker, task, sid } = await reserved();
    const base = `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}`;
    for (const owner of [`Tasks/${task}`, `Workers/${worker}`]) {
      const url = `${base}/${owner}/Reservations/${sid}`;
      expect((await local.send("GET", url)).headers["etag"]).toBe('"0"');
      const form = { ReservationStatus: "accepted" };
      const stale = await local.send("POST", url, { form, headers: { "if-match": "7" } });
      expect(stale).toMatchObject({ status: 412, body: { code: 20412 } });
    }
    const { reservations } = centre.workspace.workers(worker);
    expect(await reservations(sid).update({ reservationStatus: "accepted", ifMatch: "0" })).toMatchObject({
      reservationStatus: "accepted",
    });
  });
});

describe("rejecting", () => {
  test("moves the worker where the rejection says", async () => {
    const { centre, task } = await reserved();
    const workerActivitySid = centre.activities["Unavailable"];
    await centre.respond(task, "ann", "rejected", { workerActivitySid });
    expect((await centre.worker("ann")).activityName).toBe("Unavailable");
    expect([await centre.statusOf(task), await centre.offeredTo(task)]).toEqual(["pending", []]);
  });

  test.each([
    ["accepted", (sid: string) => sid, "WorkerActivitySid is only for rejecting a reservation"],
    ["rejected", () => `WA${"0".repeat(32)}`, `Activity WA${"0".repeat(32)} does not exist in workspace`],
  ])("%s with another activity is refused", async (reservationStatus, activity, message) => {
    const { centre, reservation } = await reserved();
    const given = {
      reservationStatus: reservationStatus as "accepted",
      workerActivitySid: activity(centre.activities["Offline"] ?? ""),
    };
    await expect(reservation.update(given)).rejects.toMatchObject({
      status: 400,
      code: 20001,
      message: expect.stringContaining(message) as unknown,
    });
  });
});

describe("instruction", () => {
  test.each([
    ["accept", "ann accepted"],
    ["reject", "ann rejected"],
  ])("%s is followed", async (instruction, expected) => {
    const { centre, task, reservation } = await reserved();
    await reservation.update({ instruction });
    expect((await centre.reservations(task))[0]).toBe(expected);
  });

  test.each([
    ["call", 40113],
    ["redirect", 40122],
    ["dequeue", 40140],
    ["conference", 40142],
    ["supervise", 40146],
    ["dance", 55555],
  ])("%s is refused with Twilio's code %i, and nothing happens", async (instruction, code) => {
    const { centre, task, reservation } = await reserved();
    await expect(reservation.update({ instruction })).rejects.toMatchObject({ status: 400, code });
    expect(await centre.reservations(task)).toEqual(["ann pending"]);
  });
});

describe("a worker channel", () => {
  test("counts what the worker has: pending, accepted and wrapping take of the capacity", async () => {
    const centre = await contactCentre(local);
    const worker = await centre.addWorker("ann", { capacity: 3 });
    const tasks = [await centre.addTask(), await centre.addTask(), await centre.addTask()] as const;
    const load = async (): Promise<[number, number]> => {
      const channel = await centre.workspace.workers(worker).workerChannels("default").fetch();
      return [channel.assignedTasks, channel.availableCapacityPercentage];
    };
    expect(await load()).toEqual([0, 0]);
    await centre.workspace.tasks(tasks[0]).update({ assignmentStatus: "canceled" });
    expect(await load()).toEqual([0, 33]);
    await centre.respond(tasks[1], "ann", "accepted");
    await centre.respond(tasks[2], "ann", "accepted");
    expect(await load()).toEqual([2, 33]);
    await centre.respond(tasks[2], "ann", "wrapping");
    expect(await load()).toEqual([1, 33]);
    await centre.respond(tasks[2], "ann", "completed");
    expect(await load()).toEqual([1, 66]);
  });
});

describe("a worker who goes", () => {
  test("takes pending reservations along, and leaves their tasks to others", async () => {
    const { centre, worker, task } = await reserved();
    await centre.addWorker("bea");
    await centre.workspace.workers(worker).remove();
    expect(await centre.reservations(task)).toEqual(["ann canceled", "bea pending"]);
  });

  test("can't with an accepted task", async () => {
    const { centre, worker, task } = await reserved();
    await centre.respond(task, "ann", "accepted");
    await expect(centre.workspace.workers(worker).remove()).rejects.toMatchObject({
      status: 400,
      code: 20001,
      message: `Worker ann (${worker}) can't be deleted: it has task ${task}`,
    });
  });

  test("from work may leave pending reservations, or reject them", async () => {
    const { centre, worker, task } = await reserved();
    const activitySid = centre.activities["Unavailable"];
    await centre.workspace.workers(worker).update({ activitySid });
    expect(await centre.reservations(task)).toEqual(["ann pending"]);
    await centre.workspace.workers(worker).update({ activitySid, rejectPendingReservations: true });
    expect(await centre.reservations(task)).toEqual(["ann rejected"]);
    expect(await centre.statusOf(task)).toBe("pending");
  });
});
