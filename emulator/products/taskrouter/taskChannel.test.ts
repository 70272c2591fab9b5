import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let workspaceSid = "";
const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid);

beforeAll(async () => {
  workspaceSid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" })).sid;
});

test("is created with Twilio's defaults and found by SID and by unique name", async () => {
  const created = await workspace().taskChannels.create({ friendlyName: "Fax", uniqueName: "fax machine é" });
  expect(created).toMatchObject({
    friendlyName: "Fax",
    uniqueName: "fax machine é",
    channelOptimizedRouting: false,
  });
  expect((await workspace().taskChannels(created.sid).fetch()).sid).toBe(created.sid);
  expect((await workspace().taskChannels("fax machine é").fetch()).sid).toBe(created.sid);
  expect(await workspace().taskChannels("fax machine é").remove()).toBe(true);
  await expect(workspace().taskChannels("fax machine é").fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

test("updates its name and routing, never its unique name", async () => {
  const { sid } = await workspace().taskChannels.create({ friendlyName: "A", uniqueName: "a" });
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskChannels/${sid}`;
  const form = { FriendlyName: "B", ChannelOptimizedRouting: "true" };
  expect(await local.send("POST", url, { form })).toMatchObject({
    status: 200,
    body: { friendly_name: "B", unique_name: "a", channel_optimized_routing: true },
  });
});

test.each([
  [{ FriendlyName: "x" }, "Missing required parameter UniqueName in the post body"],
  [{ UniqueName: "x" }, "Missing required parameter FriendlyName in the post body"],
  [
    { FriendlyName: "x", UniqueName: "chat" },
    "TaskChannel with unique name chat already exists for workspace <WS> for account <AC>",
  ],
])("refuses %j", async (form, message) => {
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskChannels`;
  const expected = message.replace("<WS>", workspaceSid).replace("<AC>", local.emulator.accountSid);
  expect(await local.send("POST", url, { form })).toMatchObject({
    status: 400,
    body: { code: 20001, message: expected },
  });
});

test("every worker has a channel of each task channel, also of those made or deleted later", async () => {
  const worker = await workspace().workers.create({ friendlyName: "ann" });
  const channels = async () =>
    (await workspace().workers(worker.sid).workerChannels.list()).map(
      (channel) => channel.taskChannelUniqueName,
    );
  const before = await channels();
  await workspace().taskChannels.create({ friendlyName: "Email", uniqueName: "email" });
  expect(await channels()).toEqual([...before, "email"]);
  await workspace().taskChannels("email").remove();
  expect(await channels()).toEqual(before);
});
