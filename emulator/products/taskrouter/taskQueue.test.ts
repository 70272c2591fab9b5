import { beforeAll, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.UTC(2024, 4, 14, 10, 50, 2, 700) });
const unknownSid = `WQ${"0".repeat(32)}`;
let workspaceSid = "";
let offline = "";
let available = "";

const queues = (): ReturnType<typeof workspace>["taskQueues"] => workspace().taskQueues;
const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid);

beforeAll(async () => {
  const created = await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" });
  workspaceSid = created.sid;
  const activities = await workspace().activities.list();
  offline = activities.find(({ friendlyName }) => friendlyName === "Offline")?.sid ?? "";
  available = activities.find(({ friendlyName }) => friendlyName === "Available")?.sid ?? "";
});

describe("create", () => {
  test("fills in Twilio's defaults", async () => {
    const { body } = await local.send(
      "POST",
      `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskQueues`,
      {
        form: { FriendlyName: "Defaults" },
      },
    );
    const { sid } = body as { sid: string };
    const base = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`;
    expect(sid).toMatch(/^WQ[0-9a-f]{32}$/);
    expect(body).toEqual({
      sid,
      account_sid: local.emulator.accountSid,
      workspace_sid: workspaceSid,
      friendly_name: "Defaults",
      target_workers: "1==1",
      max_reserved_workers: 1,
      task_order: "FIFO",
      reservation_activity_sid: null,
      reservation_activity_name: null,
      assignment_activity_sid: null,
      assignment_activity_name: null,
      date_created: "2024-05-14T10:50:02Z",
      date_updated: "2024-05-14T10:50:02Z",
      url: `${base}/TaskQueues/${sid}`,
      links: {
        workspace: base,
        statistics: `${base}/TaskQueues/${sid}/Statistics`,
        real_time_statistics: `${base}/TaskQueues/${sid}/RealTimeStatistics`,
        cumulative_statistics: `${base}/TaskQueues/${sid}/CumulativeStatistics`,
        list_statistics: `${base}/TaskQueues/Statistics`,
        bulk_real_time_statistics: `${base}/TaskQueues/RealTimeStatistics`,
      },
    });
  });

  test("keeps every parameter, and links the activities it names", async () => {
    const queue = await queues().create({
      friendlyName: "Billing",
      targetWorkers: "skills HAS 'billing'",
      maxReservedWorkers: 50,
      taskOrder: "LIFO",
      reservationActivitySid: offline,
      assignmentActivitySid: available,
    });
    expect(queue).toMatchObject({
      targetWorkers: "skills HAS 'billing'",
      maxReservedWorkers: 50,
      taskOrder: "LIFO",
      reservationActivitySid: offline,
      reservationActivityName: "Offline",
      assignmentActivitySid: available,
      assignmentActivityName: "Available",
    });
    expect(queue.links).toMatchObject({
      assignment_activity: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Activities/${available}`,
      reservation_activity: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Activities/${offline}`,
    });
  });

  test.each([
    [{}, "Missing required parameter FriendlyName in the post body"],
    [{ FriendlyName: "" }, "Missing required parameter FriendlyName in the post body"],
    [{ MaxReservedWorkers: "0" }, 'MaxReservedWorkers must be a whole number from 1 to 50, got "0"'],
    [{ MaxReservedWorkers: "51" }, 'MaxReservedWorkers must be a whole number from 1 to 50, got "51"'],
    [{ MaxReservedWorkers: "1e1" }, 'MaxReservedWorkers must be a whole number from 1 to 50, got "1e1"'],
    [{ TaskOrder: "RANDOM" }, 'TaskOrder must be one of FIFO, LIFO, got "RANDOM"'],
    [
      { TargetWorkers: "skills HAS" },
      "TargetWorkers is not a valid expression: unexpected end at character 11",
    ],
    [
      { ReservationActivitySid: "offline" },
      'ReservationActivitySid must be a SID that starts with WA, got "offline"',
    ],
    [
      { AssignmentActivitySid: `WA${"0".repeat(32)}` },
      `Activity WA${"0".repeat(32)} does not exist in workspace`,
    ],
  ])("refuses %j", async (form, message) => {
    const answer = await local.send(
      "POST",
      `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskQueues`,
      {
        form:
          "FriendlyName" in form || message.startsWith("Missing")
            ? form
            : { FriendlyName: "Refused", ...form },
      },
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 20001, status: 400 } });
    expect((answer.body as { message: string }).message).toContain(message);
  });

  test("refuses a name that is taken, in Twilio's words, and takes it again after a delete", async () => {
    const taken = await queues().create({ friendlyName: "Taken" });
    await expect(queues().create({ friendlyName: "Taken" })).rejects.toMatchObject({
      status: 400,
      code: 20001,
      message: `Queue named Taken already exists for workspace ${workspaceSid} for account ${local.emulator.accountSid}`,
      moreInfo: "https://www.twilio.com/docs/errors/20001",
    });
    expect(await queues()(taken.sid).remove()).toBe(true);
    expect((await queues().create({ friendlyName: "Taken" })).sid).not.toBe(taken.sid);
  });
});

describe("update", () => {
  test("changes what is given and nothing else; empty text goes back to the default", async () => {
    const { sid } = await queues().create({
      friendlyName: "Before",
      targetWorkers: "a == 1",
      maxReservedWorkers: 5,
      reservationActivitySid: offline,
    });
    await queues()(sid).update({ friendlyName: "After" });
    expect(await queues()(sid).fetch()).toMatchObject({
      friendlyName: "After",
      targetWorkers: "a == 1",
      maxReservedWorkers: 5,
      reservationActivitySid: offline,
    });
    await queues()(sid).update({ targetWorkers: "", reservationActivitySid: "" });
    expect(await queues()(sid).fetch()).toMatchObject({
      targetWorkers: "1==1",
      reservationActivitySid: null,
      reservationActivityName: null,
    });
  });

  test("refuses to take another's name or to have none, but takes its own", async () => {
    const one = await queues().create({ friendlyName: "One" });
    await queues().create({ friendlyName: "Two" });
    await expect(queues()(one.sid).update({ friendlyName: "Two" })).rejects.toMatchObject({
      status: 400,
      code: 20001,
    });
    await expect(queues()(one.sid).update({ friendlyName: "" })).rejects.toMatchObject({
      status: 400,
      code: 20001,
    });
    expect((await queues()(one.sid).update({ friendlyName: "One" })).friendlyName).toBe("One");
  });
});

describe("missing", () => {
  test.each([
    ["fetch", () => queues()(unknownSid).fetch()],
    ["update", () => queues()(unknownSid).update({ friendlyName: "x" })],
    ["remove", () => queues()(unknownSid).remove()],
  ])("%s answers 404", async (_name, call) => {
    await expect(call()).rejects.toMatchObject({
      status: 404,
      code: 20404,
      message: `The requested resource /Workspaces/${workspaceSid}/TaskQueues/${unknownSid} was not found`,
    });
  });

  test("a queue is not found in another workspace", async () => {
    const other = await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Other" });
    const { sid } = await queues().create({ friendlyName: "Here" });
    await expect(
      local.client.taskrouter.v1.workspaces(other.sid).taskQueues(sid).fetch(),
    ).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

describe("list", () => {
  let listed = "";
  const names = async (query: Parameters<ReturnType<typeof queues>["list"]>[0]): Promise<string[]> =>
    (await local.client.taskrouter.v1.workspaces(listed).taskQueues.list(query)).map(
      ({ friendlyName }) => friendlyName,
    );

  beforeAll(async () => {
    listed = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Listed" })).sid;
    const { taskQueues, workers } = local.client.taskrouter.v1.workspaces(listed);
    await taskQueues.create({ friendlyName: "Everyone" });
    await taskQueues.create({ friendlyName: "Billing", targetWorkers: "skills HAS 'billing'" });
    await taskQueues.create({ friendlyName: "Level 2", targetWorkers: "level > 1" });
    await workers.create({
      friendlyName: "ann",
      attributes: JSON.stringify({ skills: ["billing"], level: 1 }),
    });
  });

  test("is in order of creation", async () =>
    expect(await names({})).toEqual(["Everyone", "Billing", "Level 2"]));
  test("by name", async () => expect(await names({ friendlyName: "Billing" })).toEqual(["Billing"]));
  test("by a name that nobody has", async () => expect(await names({ friendlyName: "billing" })).toEqual([]));
  test("by worker attributes", async () =>
    expect(await names({ evaluateWorkerAttributes: '{"level":2}' })).toEqual(["Everyone", "Level 2"]));
  test("by worker", async () => {
    const [worker] = await local.client.taskrouter.v1.workspaces(listed).workers.list();
    expect(await names({ workerSid: worker?.sid ?? "" })).toEqual(["Everyone", "Billing"]);
    expect(await names({ workerSid: `WK${"0".repeat(32)}` })).toEqual([]);
  });
  test("ordered by update", async () =>
    expect(await names({ ordering: "DateUpdated:desc" })).toEqual(["Everyone", "Billing", "Level 2"]));
  test("refuses an order or attributes it can't read", async () => {
    await expect(names({ ordering: "Name" })).rejects.toMatchObject({ status: 400, code: 20001 });
    await expect(names({ evaluateWorkerAttributes: "{" })).rejects.toMatchObject({
      status: 400,
      code: 20001,
    });
    await expect(names({ evaluateWorkerAttributes: "[]" })).rejects.toMatchObject({
      status: 400,
      code: 20001,
    });
  });
});
