import { describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.UTC(2024, 0, 2, 3, 4, 5) });
const url = "https://taskrouter.twilio.com/v1/Workspaces";
const workspaces = () => local.client.taskrouter.v1.workspaces;

describe("create", () => {
  test("answers with Twilio's defaults", async () => {
    const { status, body } = await local.send("POST", url, { form: { FriendlyName: "New" } });
    const { sid, default_activity_sid: offline } = body as { sid: string; default_activity_sid: string };
    expect(status).toBe(201);
    expect(sid).toMatch(/^WS[0-9a-f]{32}$/);
    expect(offline).toMatch(/^WA[0-9a-f]{32}$/);
    const paths = {
      activities: "Activities",
      statistics: "Statistics",
      real_time_statistics: "RealTimeStatistics",
      cumulative_statistics: "CumulativeStatistics",
      task_queues: "TaskQueues",
      tasks: "Tasks",
      workers: "Workers",
      workflows: "Workflows",
      task_channels: "TaskChannels",
      events: "Events",
    };
    expect(body).toEqual({
      sid,
      account_sid: local.emulator.accountSid,
      friendly_name: "New",
      event_callback_url: null,
      events_filter: null,
      multi_task_enabled: true,
      prioritize_queue_order: "FIFO",
      default_activity_sid: offline,
      default_activity_name: "Offline",
      timeout_activity_sid: offline,
      timeout_activity_name: "Offline",
      date_created: "2024-01-02T03:04:05Z",
      date_updated: "2024-01-02T03:04:05Z",
      url: `${url}/${sid}`,
      links: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${url}/${sid}/${path}`])),
    });
  });

  test("makes activities and task channels, and nothing else", async () => {
    const { sid } = await workspaces().create({ friendlyName: "Plain", template: "NONE" });
    const workspace = workspaces()(sid);
    const activities = await workspace.activities.list();
    const channels = await workspace.taskChannels.list();
    expect(activities.map(({ friendlyName, available }) => [friendlyName, available])).toEqual([
      ["Offline", false],
      ["Available", true],
      ["Unavailable", false],
    ]);
    expect(channels.map(({ friendlyName, uniqueName }) => [friendlyName, uniqueName])).toEqual([
      ["Default", "default"],
      ["Voice", "voice"],
      ["Programmable Chat", "chat"],
      ["SMS", "sms"],
      ["Video", "video"],
    ]);
    expect(await workspace.taskQueues.list()).toEqual([]);
    expect(await workspace.workflows.list()).toEqual([]);
    expect(await workspace.workers.list()).toEqual([]);
  });

  test("with template FIFO also makes a queue for everyone and a workflow that leads there", async () => {
    const { sid } = await workspaces().create({ friendlyName: "Fifo", template: "FIFO" });
    const [queue, ...queues] = await workspaces()(sid).taskQueues.list();
    const [workflow, ...workflows] = await workspaces()(sid).workflows.list();
    expect([queues, workflows]).toEqual([[], []]);
    expect(queue).toMatchObject({ friendlyName: "Sample Queue", targetWorkers: "1==1" });
    expect(workflow).toMatchObject({ friendlyName: "Default Fifo Workflow", taskReservationTimeout: 120 });
    expect(JSON.parse(workflow?.configuration ?? "")).toEqual({
      task_routing: { filters: [], default_filter: { queue: queue?.sid } },
    });
  });

  test("keeps every parameter", async () => {
    const given = {
      friendlyName: "Full",
      eventCallbackUrl: "https://example.com/events",
      eventsFilter: "task.created,task.canceled",
      multiTaskEnabled: false,
      prioritizeQueueOrder: "LIFO",
    } as const;
    expect(await workspaces().create(given)).toMatchObject(given);
  });

  test.each([
    [{}, "Missing required parameter FriendlyName in the post body"],
    [{ FriendlyName: "x", Template: "LIFO" }, 'Template must be one of NONE, FIFO, got "LIFO"'],
    [{ FriendlyName: "x", MultiTaskEnabled: "maybe" }, 'MultiTaskEnabled must be true or false, got "maybe"'],
    [
      { FriendlyName: "x", EventCallbackUrl: "ftp://x" },
      'EventCallbackUrl must be an http or https URL, got "ftp://x"',
    ],
    [
      { FriendlyName: "New" },
      "Workspace named New already exists for account AC10ca1000000000000000000000000000",
    ],
  ])("refuses %j", async (form, message) => {
    expect(await local.send("POST", url, { form })).toMatchObject({
      status: 400,
      body: { code: 20001, message },
    });
  });
});

describe("update", () => {
  test("points default and timeout activity elsewhere", async () => {
    const { sid } = await workspaces().create({ friendlyName: "Repointed" });
    const [, available, unavailable] = await workspaces()(sid).activities.list();
    const updated = await workspaces()(sid).update({
      defaultActivitySid: available?.sid,
      timeoutActivitySid: unavailable?.sid,
    });
    expect(updated).toMatchObject({ defaultActivityName: "Available", timeoutActivityName: "Unavailable" });
  });

  test("clears the callback and the filter with empty texts", async () => {
    const given = { eventCallbackUrl: "https://example.com/", eventsFilter: "task.created" };
    const { sid } = await workspaces().create({ friendlyName: "Cleared", ...given });
    const updated = await workspaces()(sid).update({ eventCallbackUrl: "", eventsFilter: "" });
    expect(updated).toMatchObject({ eventCallbackUrl: null, eventsFilter: null, friendlyName: "Cleared" });
  });

  test("refuses an activity that is not the workspace's, and to turn multitasking off", async () => {
    const { sid } = await workspaces().create({ friendlyName: "Strict" });
    const other = await workspaces().create({ friendlyName: "Stranger" });
    const refused = { status: 400, code: 20001 };
    const workspace = workspaces()(sid);
    await expect(workspace.update({ defaultActivitySid: other.defaultActivitySid })).rejects.toMatchObject(
      refused,
    );
    await expect(workspace.update({ timeoutActivitySid: "" })).rejects.toMatchObject(refused);
    await expect(workspace.update({ multiTaskEnabled: false })).rejects.toMatchObject(refused);
    expect(await workspace.fetch()).toMatchObject({ multiTaskEnabled: true, defaultActivityName: "Offline" });
  });
});

test("delete takes everything inside along", async () => {
  const { sid } = await workspaces().create({ friendlyName: "Gone", template: "FIFO" });
  const worker = await workspaces()(sid).workers.create({ friendlyName: "ann" });
  expect(await workspaces()(sid).remove()).toBe(true);
  const missing = { status: 404, code: 20404 };
  await expect(workspaces()(sid).fetch()).rejects.toMatchObject(missing);
  await expect(workspaces()(sid).activities.list()).rejects.toMatchObject(missing);
  await expect(workspaces()(sid).workers(worker.sid).workerChannels.list()).rejects.toMatchObject(missing);
  expect((await workspaces().create({ friendlyName: "Gone" })).sid).not.toBe(sid);
});

test("list filters by name", async () => {
  await workspaces().create({ friendlyName: "Wanted" });
  expect(
    (await workspaces().list({ friendlyName: "Wanted" })).map(({ friendlyName }) => friendlyName),
  ).toEqual(["Wanted"]);
  expect(await workspaces().list({ friendlyName: "wanted" })).toEqual([]);
});
