import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

// Not judged: it sends words and parameters that Twilio takes but does not document.
const local = useLocalTwilio({ seed: "empty", judge: false });
let workspaceSid = "";
const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid);

beforeAll(async () => {
  workspaceSid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" })).sid;
});

test.each([
  ["true", true],
  ["TRUE", true],
  ["1", true],
  ["yes", true],
  ["false", false],
  ["on", false],
  ["", false],
  [undefined, false],
])("Available=%s makes it %s", async (given, available) => {
  const form = {
    FriendlyName: `Available is ${given}`,
    ...(given === undefined ? {} : { Available: given }),
  };
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Activities`;
  expect(await local.send("POST", url, { form })).toMatchObject({ status: 201, body: { available } });
});

test("an update of Available answers 200 and changes nothing", async () => {
  const { sid } = await workspace().activities.create({ friendlyName: "Lunch" });
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Activities/${sid}`;
  const answer = await local.send("POST", url, { form: { Available: "true", FriendlyName: "Long lunch" } });
  expect(answer).toMatchObject({ status: 200, body: { available: false, friendly_name: "Long lunch" } });
});

test("a new name shows wherever the activity is named", async () => {
  const { sid } = await workspace().activities.create({ friendlyName: "Old" });
  const worker = await workspace().workers.create({ friendlyName: "ann", activitySid: sid });
  const queue = await workspace().taskQueues.create({ friendlyName: "q", reservationActivitySid: sid });
  await workspace().activities(sid).update({ friendlyName: "New" });
  expect(await workspace().workers(worker.sid).fetch()).toMatchObject({ activityName: "New" });
  expect(await workspace().taskQueues(queue.sid).fetch()).toMatchObject({ reservationActivityName: "New" });
});

test("names are taken once", async () => {
  await expect(workspace().activities.create({ friendlyName: "Offline" })).rejects.toMatchObject({
    status: 400,
    code: 20001,
    message: `Activity named Offline already exists for workspace ${workspaceSid} for account ${local.emulator.accountSid}`,
  });
});

test.each([
  ["default", { defaultActivitySid: true }],
  ["timeout", { timeoutActivitySid: true }],
])("the %s activity can't be deleted until another takes its place", async (use, property) => {
  const { sid } = await workspace().activities.create({ friendlyName: `the ${use} one` });
  const [offline] = await workspace().activities.list({ friendlyName: "Offline" });
  const point = (to: string | undefined) =>
    Object.fromEntries(Object.keys(property).map((name) => [name, to]));
  await workspace().update(point(sid));
  await expect(workspace().activities(sid).remove()).rejects.toMatchObject({
    status: 400,
    code: 20001,
    message: `Activity the ${use} one (${sid}) can't be deleted: it is the ${use} activity of its workspace`,
  });
  await workspace().update(point(offline?.sid));
  expect(await workspace().activities(sid).remove()).toBe(true);
});

test("an activity that a worker is in can't be deleted until the worker leaves it", async () => {
  const { sid } = await workspace().activities.create({ friendlyName: "Training" });
  const [offline] = await workspace().activities.list({ friendlyName: "Offline" });
  const worker = await workspace().workers.create({ friendlyName: "bob", activitySid: sid });
  await expect(workspace().activities(sid).remove()).rejects.toMatchObject({
    status: 400,
    message: `Activity Training (${sid}) can't be deleted: worker ${worker.sid} is in it`,
  });
  await workspace().workers(worker.sid).update({ activitySid: offline?.sid });
  expect(await workspace().activities(sid).remove()).toBe(true);
  await expect(workspace().activities(sid).remove()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("lists filter by availability and name", async () => {
  const { sid } = await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Filters" });
  const names = async (filter: object) =>
    (await local.client.taskrouter.v1.workspaces(sid).activities.list(filter)).map(
      ({ friendlyName }) => friendlyName,
    );
  expect(await names({ available: "true" })).toEqual(["Available"]);
  expect(await names({ available: "false" })).toEqual(["Offline", "Unavailable"]);
  expect(await names({ available: "false", friendlyName: "Unavailable" })).toEqual(["Unavailable"]);
  expect(await names({ available: "true", friendlyName: "Unavailable" })).toEqual([]);
});
