import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

// What Twilio takes although its documents don't allow it, so these exchanges can't be judged by them.
const local = useLocalTwilio({ seed: "empty", judge: false });
const services = "https://chat.twilio.com/v2/Services";

test("a new service ignores what only updates take", async () => {
  const form = { FriendlyName: "Support", ReachabilityEnabled: "true", "Limits.UserChannels": "7" };
  expect(await local.send("POST", services, { form })).toMatchObject({
    status: 201,
    body: { reachability_enabled: false, limits: { user_channels: 250 } },
  });
});

test("a role counts a repeated permission once", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Roles" });
  const form = {
    FriendlyName: "x",
    Type: "channel",
    Permission: ["sendMessage", "leaveChannel", "sendMessage"],
  };
  expect(await local.send("POST", `${services}/${sid}/Roles`, { form })).toMatchObject({
    status: 201,
    body: { permissions: ["sendMessage", "leaveChannel"] },
  });
});

test("pages are cut down to what Chat gives at most", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Pages" });
  const channel = await local.client.chat.v2.services(sid).channels.create({});
  const size = async (path: string) => {
    const { body } = await local.send("GET", `${services}${path}PageSize=1000`);
    return (body as { meta: { page_size: number } }).meta.page_size;
  };
  expect(await size("?")).toBe(100);
  expect(await size(`/${sid}/Channels/${channel.sid}/Messages?`)).toBe(100);
  expect(await size(`/${sid}/Channels/${channel.sid}/Webhooks?`)).toBe(5);
});

test("a channel webhook keeps only what its type needs", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Webhooks" });
  const channel = await local.client.chat.v2.services(sid).channels.create({});
  const form = {
    Type: "studio",
    "Configuration.FlowSid": `FW${"1".repeat(32)}`,
    "Configuration.Url": "https://example.com/hook",
    "Configuration.Filters": "onMessageSent",
  };
  expect(
    await local.send("POST", `${services}/${sid}/Channels/${channel.sid}/Webhooks`, { form }),
  ).toMatchObject({
    status: 201,
    body: { configuration: { flow_sid: `FW${"1".repeat(32)}`, retry_count: 0 } },
  });
});
