import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type ContactCentre, contactCentre } from "../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const start = Date.UTC(2024, 0, 1);
let now = start;
const local = useLocalTwilio({ seed: "empty", clock: () => now });
let centre: ContactCentre;
const url = (sid = ""): string =>
  `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}/Tasks${sid === "" ? "" : `/${sid}`}`;

beforeAll(async () => {
  centre = await contactCentre(local);
});
beforeEach(() => {
  now = start;
});

describe("create", () => {
  test("answers with Twilio's defaults, already in its queue", async () => {
    const { status, body, headers } = await local.send("POST", url(), { form: {} });
    const { sid } = body as { sid: string };
    expect([status, headers["etag"]]).toEqual([201, '"0"']);
    expect(sid).toMatch(/^WT[0-9a-f]{32}$/);
    const base = `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}`;
    const queueSid = centre.queues["Everyone"];
    const [channel] = (await centre.workspace.taskChannels.list()).filter(
      ({ uniqueName }) => uniqueName === "default",
    );
    expect(body).toEqual({
      sid,
      account_sid: local.emulator.accountSid,
      workspace_sid: centre.workspaceSid,
      attributes: "{}",
      assignment_status: "pending",
      reason: null,
      age: 0,
      addons: "{}",
      priority: 0,
      timeout: 86_400,
      workflow_sid: centre.workflowSid,
      workflow_friendly_name: "Messages",
      task_queue_sid: queueSid,
      task_queue_friendly_name: "Everyone",
      task_queue_entered_date: "2024-01-01T00:00:00Z",
      task_channel_sid: channel?.sid,
      task_channel_unique_name: "default",
      virtual_start_time: "2024-01-01T00:00:00Z",
      routing_target: null,
      ignore_capacity: false,
      date_created: "2024-01-01T00:00:00Z",
      date_updated: "2024-01-01T00:00:00Z",
      url: url(sid),
      links: {
        workspace: base,
        workflow: `${base}/Workflows/${centre.workflowSid}`,
        task_queue: `${base}/TaskQueues/${queueSid}`,
        reservations: `${url(sid)}/Reservations`,
      },
    });
  });

  test("keeps every parameter; a task channel goes by SID or unique name", async () => {
    const [chat] = (await centre.workspace.taskChannels.list()).filter(
      ({ uniqueName }) => uniqueName === "chat",
    );
    const given = {
      attributes: '{"a": 1}',
      workflowSid: centre.workflowSid,
      timeout: 60,
      priority: 2 ** 31 - 1,
      virtualStartTime: new Date("2023-12-31T23:00:00Z"),
    };
    for (const taskChannel of ["chat", chat?.sid]) {
      expect(await centre.workspace.tasks.create({ ...given, taskChannel })).toMatchObject({
        ...given,
        taskChannelSid: chat?.sid,
        taskChannelUniqueName: "chat",
      });
    }
  });

  const ghost = (prefix: string): string => prefix + "0".repeat(32);
  test.each([
    [{ Attributes: "[]" }, "Attributes must be a JSON object"],
    [{ Attributes: "{" }, "Attributes is not valid JSON"],
    [{ Attributes: `{"a":"${"x".repeat(4089)}"}` }, "Attributes is 4097 characters long; at most 4096"],
    [{ Timeout: "0" }, "Timeout must be a whole number from 1 to 1209600"],
    [{ Timeout: "1209601" }, "Timeout must be a whole number from 1 to 1209600"],
    [{ Priority: "-1" }, "Priority must be a whole number from 0 to 2147483647"],
    [{ Priority: "2147483648" }, "Priority must be a whole number from 0 to 2147483647"],
    [{ TaskChannel: "pigeon" }, "TaskChannel pigeon does not exist in workspace WS"],
    [{ VirtualStartTime: "2024-01-01T00:00:01Z" }, "VirtualStartTime can't be in the future"],
    [{ VirtualStartTime: "1899-12-31T23:59:59Z" }, "VirtualStartTime can't be before the year 1900"],
    [{ WorkflowSid: ghost("WW") }, `Workflow ${ghost("WW")} does not exist in workspace WS`],
    [{ RoutingTarget: ghost("WK") }, `RoutingTarget ${ghost("WK")} does not exist in workspace WS`],
    [{ RoutingTarget: ghost("WT") }, "RoutingTarget must be a SID that starts with WK or WQ or WW"],
    [{ TaskQueueSid: ghost("WQ") }, "TaskQueueSid is only for tasks whose RoutingTarget is a worker"],
    [{ IgnoreCapacity: "true" }, "IgnoreCapacity is only for tasks whose RoutingTarget is a worker"],
  ])("refuses %j", async (form, message) => {
    const answer = await local.send("POST", url(), { form });
    expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
    expect((answer.body as { message: string }).message).toContain(message);
  });

  test("needs WorkflowSid where there are several workflows", async () => {
    const second = await contactCentre(local);
    await second.workspace.tasks.create({});
    const configuration = JSON.stringify({
      task_routing: { default_filter: { queue: second.queues["Everyone"] } },
    });
    await second.workspace.workflows.create({ friendlyName: "Second", configuration });
    await expect(second.workspace.tasks.create({})).rejects.toMatchObject({
      status: 400,
      code: 20001,
      message: "WorkflowSid field is required",
    });
  });

  test("is refused when no filter of the workflow takes the task", async () => {
    const picky = await contactCentre(local, {
      routing: (queue) => ({ filters: [{ expression: "a == 1", targets: [{ queue: queue("Everyone") }] }] }),
    });
    await expect(picky.addTask({ attributes: { a: 2 } })).rejects.toMatchObject({
      status: 400,
      code: 20001,
      message: expect.stringMatching(
        /^The task matches no filter of workflow WW\w+, which has no default filter/,
      ),
    });
    expect(await picky.workspace.tasks.list()).toEqual([]);
    expect(await picky.statusOf(await picky.addTask({ attributes: { a: 1 } }))).toBe("pending");
  });
});

describe("status", () => {
  /** Brings a new task into a status. */
  const bring = async (status: string): Promise<string> => {
    const own = await contactCentre(local);
    centreOf = own;
    const sid = await own.addTask();
    if (status === "pending") return sid;
    await own.addWorker("ann");
    if (status === "reserved") return sid;
    if (status === "canceled") await own.workspace.tasks(sid).update({ assignmentStatus: "canceled" });
    else await own.respond(sid, "ann", "accepted");
    if (status === "wrapping" || status === "completed") await own.respond(sid, "ann", status);
    return sid;
  };
  let centreOf: ContactCentre;

  const cannot = (what: string, why: string) =>
    new RegExp(`^Cannot ${what} task WT\\w+ in workspace WS\\w+ for account AC\\w+ because ${why}\\.$`);
  const cancel = cannot("cancel", "it is not pending or reserved");
  const wrap = cannot("wrap up", "it is not currently assigned");
  const complete = cannot("complete", "it is not currently assigned");
  const set = (status: string) => new RegExp(`^AssignmentStatus ${status} comes with reservations`);

  test.each([
    ["pending", "canceled", "canceled"],
    ["pending", "wrapping", wrap],
    ["pending", "completed", complete],
    ["pending", "assigned", set("assigned")],
    ["pending", "reserved", set("reserved")],
    ["pending", "pending", "pending"],
    ["reserved", "canceled", "canceled"],
    ["reserved", "wrapping", wrap],
    ["reserved", "completed", complete],
    ["reserved", "pending", set("pending")],
    ["assigned", "canceled", cancel],
    ["assigned", "wrapping", "wrapping"],
    ["assigned", "completed", "completed"],
    ["assigned", "pending", set("pending")],
    ["wrapping", "canceled", cancel],
    ["wrapping", "wrapping", wrap],
    ["wrapping", "completed", "completed"],
    ["completed", "canceled", cancel],
    ["completed", "wrapping", wrap],
    ["completed", "completed", complete],
    ["canceled", "canceled", cancel],
    ["canceled", "completed", complete],
    ["canceled", "pending", set("pending")],
  ])("from %s to %s: %s", async (from, to, expected) => {
    const sid = await bring(from);
    expect(await centreOf.statusOf(sid)).toBe(from);
    const update = centreOf.workspace
      .tasks(sid)
      .update({ assignmentStatus: to as "canceled", reason: "because" });
    if (typeof expected === "string") {
      expect(await update).toMatchObject({ assignmentStatus: expected, reason: "because" });
    } else {
      const message = expect.stringMatching(expected) as unknown;
      await expect(update).rejects.toMatchObject({ status: 400, code: 20001, message });
      expect(await centreOf.statusOf(sid)).toBe(from);
    }
  });

  test.each([
    ["canceled", "reserved", "ann canceled"],
    ["wrapping", "assigned", "ann wrapping"],
    ["completed", "assigned", "ann completed"],
    ["completed", "wrapping", "ann completed"],
  ])("%s from %s takes the reservation along: %s", async (to, from, expected) => {
    const sid = await bring(from);
    await centreOf.workspace.tasks(sid).update({ assignmentStatus: to as "canceled" });
    expect(await centreOf.reservations(sid)).toEqual([expected]);
  });

  test.each(["pending", "reserved", "assigned", "wrapping", "completed", "canceled"])(
    "%s: it can be deleted, and its reservations go with it",
    async (status) => {
      const sid = await bring(status);
      expect(await centreOf.workspace.tasks(sid).remove()).toBe(true);
      expect(await centreOf.statusOf(sid)).toBe("gone");
      for (const { sid: worker } of await centreOf.workspace.workers.list()) {
        expect(await centreOf.workspace.workers(worker).reservations.list()).toEqual([]);
        expect(await centreOf.workspace.workers(worker).workerChannels("default").fetch()).toMatchObject({
          assignedTasks: 0,
          availableCapacityPercentage: 100,
        });
      }
    },
  );
});

describe("ETag", () => {
  test("guards update and delete, and counts what routing does", async () => {
    const own = await contactCentre(local);
    const sid = await own.addTask();
    const address = `https://taskrouter.twilio.com/v1/Workspaces/${own.workspaceSid}/Tasks/${sid}`;
    const update = (ifMatch: string) =>
      local.send("POST", address, { form: { Priority: "1" }, headers: { "if-match": ifMatch } });
    expect((await update('"0"')).headers["etag"]).toBe('"1"');
    expect(await update('"0"')).toMatchObject({ status: 412, body: { code: 20412 } });
    expect((await update("1")).headers["etag"]).toBe('"2"');
    await own.addWorker("ann");
    expect((await local.send("GET", address)).headers["etag"]).toBe('"3"');
    await expect(own.workspace.tasks(sid).remove({ ifMatch: "2" })).rejects.toMatchObject({ status: 412 });
    expect(await own.workspace.tasks(sid).remove({ ifMatch: "3" })).toBe(true);
  });
});

describe("list", () => {
  let listed: ContactCentre;
  const names = async (query: object): Promise<unknown[]> =>
    (await listed.workspace.tasks.list(query)).map(
      ({ attributes }) => (JSON.parse(attributes) as { name: string }).name,
    );

  beforeAll(async () => {
    listed = await contactCentre(local, {
      queues: { Sales: {} },
      routing: (queue) => ({
        filters: [
          { expression: "team == 'sales'", targets: [{ queue: queue("Sales"), expression: "1==2" }] },
        ],
        default_filter: { queue: queue("Everyone") },
      }),
    });
    for (const [name, team, priority, hour] of [
      ["one", "sales", 1, 3],
      ["two", "service", 5, 2],
      ["three", "sales", 5, 1],
    ] as const) {
      now += 1000;
      const virtualStartTime = new Date(`2023-01-01T0${hour}:00:00Z`);
      await listed.addTask({ attributes: { name, team }, priority, virtualStartTime });
    }
    await listed.addWorker("ann");
  });

  test.each([
    [{}, ["one", "two", "three"]],
    [{ assignmentStatus: ["pending"] }, ["one", "three"]],
    [{ assignmentStatus: ["reserved"] }, ["two"]],
    [{ assignmentStatus: ["pending", "reserved"] }, ["one", "two", "three"]],
    [{ assignmentStatus: ["pending,reserved"] }, ["one", "two", "three"]],
    [{ priority: 5 }, ["two", "three"]],
    [{ workflowName: "Messages" }, ["one", "two", "three"]],
    [{ workflowName: "Nowhere" }, []],
    [{ taskQueueName: "Sales" }, ["one", "three"]],
    [{ taskQueueName: "Nowhere" }, []],
    [{ evaluateTaskAttributes: "team == 'sales' AND name != 'one'" }, ["three"]],
    [{ hasAddons: true }, []],
    [{ hasAddons: false }, ["one", "two", "three"]],
    [{ ordering: "Priority:desc" }, ["two", "three", "one"]],
    [{ ordering: "Priority:desc,DateCreated:desc" }, ["three", "two", "one"]],
    [{ ordering: "VirtualStartTime:asc" }, ["three", "two", "one"]],
    [{ ordering: "DateCreated:desc", pageSize: 1 }, ["three", "two", "one"]],
  ])("%j", async (query, expected) => expect(await names(query)).toEqual(expected));

  test("by SIDs", async () => {
    expect(await names({ workflowSid: listed.workflowSid })).toHaveLength(3);
    expect(await names({ taskQueueSid: listed.queues["Sales"] })).toEqual(["one", "three"]);
    expect(await names({ routingTarget: listed.queues["Sales"] })).toEqual([]);
  });

  test.each([{ evaluateTaskAttributes: "a ==" }, { ordering: "Age:asc" }])("refuses %j", async (query) => {
    await expect(names(query)).rejects.toMatchObject({ status: 400, code: 20001 });
  });
});

describe("what waiting tasks need", () => {
  test.each(["workflow", "queue", "task channel"])("the %s stays until they are gone", async (kind) => {
    const own = await contactCentre(local);
    const channel = await own.workspace.taskChannels.create({ friendlyName: "Mail", uniqueName: "mail" });
    const sid = await own.addTask({ taskChannel: "mail" });
    const remove = (): Promise<boolean> => {
      if (kind === "workflow") return own.workspace.workflows(own.workflowSid).remove();
      if (kind === "queue") return own.workspace.taskQueues(own.queues["Everyone"] ?? "").remove();
      return own.workspace.taskChannels(channel.sid).remove();
    };
    await expect(remove()).rejects.toMatchObject({
      status: 400,
      code: 20001,
      message: expect.stringMatching(new RegExp(`can't be deleted: pending task ${sid} uses it$`)) as unknown,
    });
    await own.workspace.tasks(sid).update({ assignmentStatus: "canceled" });
    expect(await remove()).toBe(true);
  });
});
