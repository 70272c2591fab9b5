import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let workspaceSid = "";
let workerSid = "";
const channels = () => local.client.taskrouter.v1.workspaces(workspaceSid).workers(workerSid).workerChannels;

beforeAll(async () => {
  workspaceSid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" })).sid;
  workerSid = (
    await local.client.taskrouter.v1.workspaces(workspaceSid).workers.create({ friendlyName: "ann" })
  ).sid;
});

test("a worker has one per task channel, available, with room for one task", async () => {
  const found = (await channels().list()).map((channel) => [
    channel.taskChannelUniqueName,
    channel.available,
    channel.configuredCapacity,
    channel.availableCapacityPercentage,
    channel.assignedTasks,
  ]);
  const of = (name: string) => [name, true, 1, 100, 0];
  expect(found).toEqual(["default", "voice", "chat", "sms", "video"].map(of));
});

test("is updated by SID or by unique name", async () => {
  const chat = await channels()("chat").update({ capacity: 3 });
  expect(chat).toMatchObject({
    configuredCapacity: 3,
    available: true,
    availableCapacityPercentage: 100,
    workerSid,
  });
  expect(chat.url).toBe(
    `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers/${workerSid}/Channels/${chat.sid}`,
  );
  expect(await channels()(chat.sid).update({ available: false })).toMatchObject({
    sid: chat.sid,
    configuredCapacity: 3,
    available: false,
  });
  expect(await channels()("chat").update({ capacity: 0 })).toMatchObject({
    configuredCapacity: 0,
    availableCapacityPercentage: 0,
  });
});

test.each([
  ["Capacity", "-1"],
  ["Capacity", "many"],
  ["Available", "perhaps"],
])("refuses %s %s", async (name, value) => {
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers/${workerSid}/Channels/voice`;
  const answer = await local.send("POST", url, { form: { [name]: value } });
  expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
});

test("is neither created nor deleted, and unknown ones are not found", async () => {
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers/${workerSid}/Channels`;
  const form = { TaskChannelSid: "x" };
  expect(await local.send("POST", url, { form })).toMatchObject({ status: 405, body: { code: 20004 } });
  expect(await local.send("DELETE", `${url}/voice`)).toMatchObject({ status: 405, body: { code: 20004 } });
  await expect(channels()("telepathy").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});
