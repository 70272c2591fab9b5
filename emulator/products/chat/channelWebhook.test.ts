import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const flowSid = `FW${"1".repeat(32)}`;
const url = "https://example.com/hook";
let serviceSid = "";
let channelSid = "";
const webhooks = () => local.client.chat.v2.services(serviceSid).channels(channelSid).webhooks;
const path = () => `https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}/Webhooks`;

beforeEach(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
  channelSid = (await local.client.chat.v2.services(serviceSid).channels.create({})).sid;
});

test.each([
  [
    "webhook",
    { "configuration.url": url, "configuration.filters": ["onMessageSent", "onMemberAdded"] },
    { url, method: "POST", filters: ["onMessageSent", "onMemberAdded"], retry_count: 0 },
  ],
  [
    "trigger",
    {
      "configuration.url": url,
      "configuration.triggers": ["help", "agent"],
      "configuration.method": "GET",
      "configuration.retryCount": 3,
    },
    { url, method: "GET", triggers: ["help", "agent"], retry_count: 3 },
  ],
  ["studio", { "configuration.flowSid": flowSid }, { flow_sid: flowSid, retry_count: 0 }],
] as const)("a %s is answered with its own configuration only", async (type, given, configuration) => {
  const created = await webhooks().create({ type, ...given } as Parameters<
    ReturnType<typeof webhooks>["create"]
  >[0]);
  expect(created).toMatchObject({ type, channelSid, serviceSid });
  expect(created.configuration).toEqual(configuration);
  expect((await webhooks()(created.sid).fetch()).configuration).toEqual(configuration);
});

test("an update changes what it names, a list as a whole", async () => {
  const { sid } = await webhooks().create({
    type: "webhook",
    "configuration.url": url,
    "configuration.filters": ["onMessageSent", "onMemberAdded"],
    "configuration.retryCount": 2,
  });
  const updated = await webhooks()(sid).update({ "configuration.filters": ["onChannelAdded"] });
  expect(updated.configuration).toEqual({ url, method: "POST", filters: ["onChannelAdded"], retry_count: 2 });
});

test.each<[Record<string, string | string[]>, number, string]>([
  [{ "Configuration.Url": url }, 50328, "Channel webhook type not provided"],
  [{ Type: "email" }, 50324, 'Type must be one of webhook, trigger, studio, got "email"'],
  [{ Type: "webhook", "Configuration.Filters": "onMessageSent" }, 50329, "Channel webhook url not provided"],
  [{ Type: "webhook", "Configuration.Url": url }, 50330, "Channel webhook filter not provided"],
  [
    { Type: "webhook", "Configuration.Url": url, "Configuration.Filters": "onEverything" },
    50325,
    "Configuration.Filters must be one of",
  ],
  [
    {
      Type: "webhook",
      "Configuration.Url": `${url}${"x".repeat(2048)}`,
      "Configuration.Filters": "onMessageSent",
    },
    50332,
    "Channel webhook url too long: at most 2048 characters are allowed",
  ],
  [
    { Type: "webhook", "Configuration.Url": "mailto:x", "Configuration.Filters": "onMessageSent" },
    50054,
    'Configuration.Url must be an http or https URL, got "mailto:x"',
  ],
  [
    { Type: "webhook", "Configuration.Url": url, "Configuration.Method": "PUT" },
    50055,
    'Configuration.Method must be one of GET, POST, got "PUT"',
  ],
  [
    { Type: "webhook", "Configuration.Url": url, "Configuration.RetryCount": "4" },
    50065,
    'Configuration.RetryCount must be a whole number from 0 to 3, got "4"',
  ],
  [{ Type: "trigger", "Configuration.Url": url }, 50331, "Channel webhook trigger not provided"],
  [
    { Type: "trigger", "Configuration.Url": url, "Configuration.Triggers": ["1", "2", "3", "4", "5", "6"] },
    50322,
    "Too many channel webhook triggers: at most 5 are allowed",
  ],
  [
    { Type: "trigger", "Configuration.Url": url, "Configuration.Triggers": ["help", ""] },
    50326,
    "Invalid channel webhook trigger: it must have 1 to 248 characters",
  ],
  [
    { Type: "trigger", "Configuration.Url": url, "Configuration.Triggers": "x".repeat(249) },
    50326,
    "Invalid channel webhook trigger: it must have 1 to 248 characters",
  ],
  [{ Type: "studio" }, 50327, "Invalid channel webhook flow sid: it is not provided"],
  [
    { Type: "studio", "Configuration.FlowSid": "FW1" },
    50327,
    'Configuration.FlowSid must be a SID that starts with FW, got "FW1"',
  ],
])("refuses %j", async (form, code, message) => {
  expect(await local.send("POST", path(), { form })).toMatchObject({
    status: 400,
    body: { code, message: expect.stringContaining(message) },
  });
});

test("a channel has at most five", async () => {
  const add = () => webhooks().create({ type: "studio", "configuration.flowSid": flowSid });
  const made = [await add(), await add(), await add(), await add(), await add()];
  await expect(add()).rejects.toMatchObject({ status: 400, code: 50321 });
  await webhooks()(made[0]?.sid ?? "").remove();
  await add();
  expect(await webhooks().list()).toHaveLength(5);
});
