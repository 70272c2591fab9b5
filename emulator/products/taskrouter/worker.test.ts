import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

let now = Date.UTC(2024, 0, 1);
const local = useLocalTwilio({ seed: "empty", clock: () => now });
let workspaceSid = "";
let activities: Record<string, string> = {};
const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid);
const url = (sid: string) => `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers/${sid}`;

beforeAll(async () => {
  workspaceSid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" })).sid;
  activities = Object.fromEntries(
    (await workspace().activities.list()).map(({ friendlyName, sid }) => [friendlyName, sid]),
  );
});
beforeEach(() => {
  now = Date.UTC(2024, 0, 1);
});

test("starts in the workspace's default activity with empty attributes", async () => {
  expect(await workspace().workers.create({ friendlyName: "ann" })).toMatchObject({
    friendlyName: "ann",
    attributes: "{}",
    activityName: "Offline",
    activitySid: activities["Offline"],
    available: false,
    dateStatusChanged: new Date("2024-01-01T00:00:00Z"),
  });
});

test("a change of activity moves dateStatusChanged; other changes don't", async () => {
  const { sid } = await workspace().workers.create({ friendlyName: "bea", attributes: '{"level":1}' });
  now += 60_000;
  await workspace().workers(sid).update({ attributes: '{"level":2}', activitySid: activities["Offline"] });
  expect((await workspace().workers(sid).fetch()).dateStatusChanged).toEqual(
    new Date("2024-01-01T00:00:00Z"),
  );
  await workspace().workers(sid).update({ activitySid: activities["Available"] });
  expect(await workspace().workers(sid).fetch()).toMatchObject({
    attributes: '{"level":2}',
    activityName: "Available",
    available: true,
    dateStatusChanged: new Date("2024-01-01T00:01:00Z"),
    dateUpdated: new Date("2024-01-01T00:01:00Z"),
    dateCreated: new Date("2024-01-01T00:00:00Z"),
  });
});

test("names are taken once, whatever their case", async () => {
  const { sid } = await workspace().workers.create({ friendlyName: "Carla" });
  await expect(workspace().workers.create({ friendlyName: "CARLA" })).rejects.toMatchObject({
    status: 400,
    code: 20001,
    message: "Worker with the same friendly name already exists",
  });
  expect((await workspace().workers(sid).update({ friendlyName: "carla" })).friendlyName).toBe("carla");
});

test.each([
  [{}, "Missing required parameter FriendlyName in the post body"],
  [{ Attributes: "{" }, "Attributes is not valid JSON"],
  [{ Attributes: "[]" }, "Attributes must be a JSON object"],
  [{ Attributes: "null" }, "Attributes must be a JSON object"],
  [
    { Attributes: `{"a":"${"x".repeat(4089)}"}` },
    "Attributes is 4097 characters long; at most 4096 are allowed",
  ],
  [{ ActivitySid: `WA${"0".repeat(32)}` }, `Activity WA${"0".repeat(32)} does not exist in workspace`],
])("refuses %j", async (given, message) => {
  const form = message.startsWith("Missing") ? given : { FriendlyName: "refused", ...given };
  const answer = await local.send("POST", url("").slice(0, -1), { form });
  expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
  expect((answer.body as { message: string }).message).toContain(message);
});

test("refuses to reject reservations on the way to an available activity, and to have no activity", async () => {
  const { sid } = await workspace().workers.create({ friendlyName: "dora" });
  const refused = { status: 400, code: 20001 };
  await expect(
    workspace()
      .workers(sid)
      .update({ activitySid: activities["Available"], rejectPendingReservations: true }),
  ).rejects.toMatchObject(refused);
  await expect(workspace().workers(sid).update({ activitySid: "" })).rejects.toMatchObject(refused);
});

describe("ETag", () => {
  test("counts updates, and guards update and delete", async () => {
    const { sid } = await workspace().workers.create({ friendlyName: "eve" });
    expect((await local.send("GET", url(sid))).headers["etag"]).toBe('"0"');
    const update = (ifMatch: string, level: number) =>
      local.send("POST", url(sid), {
        form: { Attributes: `{"level":${level}}` },
        headers: { "if-match": ifMatch },
      });
    expect((await update('"0"', 1)).headers["etag"]).toBe('"1"');
    expect(await update('"0"', 2)).toMatchObject({ status: 412, body: { code: 20412, status: 412 } });
    expect((await workspace().workers(sid).fetch()).attributes).toBe('{"level":1}');
    expect((await update("1", 2)).headers["etag"]).toBe('"2"');
    expect((await update("*", 3)).headers["etag"]).toBe('"3"');
    await expect(workspace().workers(sid).remove({ ifMatch: "2" })).rejects.toMatchObject({ status: 412 });
    expect(await workspace().workers(sid).remove({ ifMatch: "3" })).toBe(true);
  });
});

describe("list", () => {
  let listed = "";
  let workers: Record<string, string> = {};
  const names = async (query: object): Promise<string[]> =>
    (await local.client.taskrouter.v1.workspaces(listed).workers.list(query)).map(
      ({ friendlyName }) => friendlyName,
    );

  beforeAll(async () => {
    listed = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Listed" })).sid;
    const centre = local.client.taskrouter.v1.workspaces(listed);
    const [available] = await centre.activities.list({ friendlyName: "Available" });
    await centre.taskQueues.create({ friendlyName: "Billing", targetWorkers: "skills HAS 'billing'" });
    for (const [friendlyName, attributes, activitySid] of [
      ["ann", { skills: ["billing"], level: 1 }, undefined],
      ["ben", { skills: ["billing", "sales"], level: 2 }, available?.sid],
      ["cid", { skills: ["sales"], level: 3 }, available?.sid],
    ] as const) {
      now += 1000;
      const given = {
        friendlyName,
        attributes: JSON.stringify(attributes),
        ...(activitySid && { activitySid }),
      };
      workers = { ...workers, [friendlyName]: (await centre.workers.create(given)).sid };
    }
    now += 1000;
    await centre.workers(workers["ann"] ?? "").update({ activitySid: available?.sid });
    await centre
      .workers(workers["ben"] ?? "")
      .update({ activitySid: (await centre.fetch()).defaultActivitySid });
  });

  test.each([
    [{}, ["ann", "ben", "cid"]],
    [{ friendlyName: "ben" }, ["ben"]],
    [{ available: "true" }, ["ann", "cid"]],
    [{ available: "false" }, ["ben"]],
    [{ activityName: "Available" }, ["ann", "cid"]],
    [{ activityName: "Nowhere" }, []],
    [{ targetWorkersExpression: "level >= 2" }, ["ben", "cid"]],
    [{ targetWorkersExpression: "level >= 2", available: "true" }, ["cid"]],
    [{ taskQueueName: "Billing" }, ["ann", "ben"]],
    [{ taskQueueName: "Nowhere" }, []],
    [{ taskQueueSid: `WQ${"0".repeat(32)}` }, []],
    [{ ordering: "DateStatusChanged:asc" }, ["cid", "ann", "ben"]],
    [{ ordering: "DateStatusChanged:desc", pageSize: 1 }, ["ann", "ben", "cid"]],
  ])("%j", async (query, expected) => expect(await names(query)).toEqual(expected));

  test("by the SID of a queue and of an activity", async () => {
    const centre = local.client.taskrouter.v1.workspaces(listed);
    const [queue] = await centre.taskQueues.list();
    const [available] = await centre.activities.list({ friendlyName: "Available" });
    expect(await names({ taskQueueSid: queue?.sid })).toEqual(["ann", "ben"]);
    expect(await names({ activitySid: available?.sid })).toEqual(["ann", "cid"]);
  });

  test.each([{ targetWorkersExpression: "level >=" }, { ordering: "FriendlyName:asc" }])(
    "refuses %j",
    async (query) => {
      await expect(names(query)).rejects.toMatchObject({ status: 400, code: 20001 });
    },
  );
});
