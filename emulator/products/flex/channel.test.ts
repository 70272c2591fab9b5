import { beforeAll, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio();
const flex = () => local.client.flexApi.v1;
let chatServiceSid = "";
let flexFlowSid = "";
let identities = 0;
const chat = () => local.client.chat.v2.services(chatServiceSid);

beforeAll(async () => {
  chatServiceSid = (await local.client.chat.v2.services.list())[0]?.sid ?? "";
  flexFlowSid = await makeFlow({
    integrationType: "external",
    "integration.url": "https://example.com/handler",
  });
});

async function makeFlow(integration: object): Promise<string> {
  const { sid } = await flex().flexFlow.create({
    friendlyName: "Channels",
    chatServiceSid,
    channelType: "custom",
    longLived: true,
    ...integration,
  });
  return sid;
}

/** A Flex Flow that makes tasks. */
async function makeTaskFlow(integration: object = {}): Promise<string> {
  const { taskrouterWorkspaceSid } = await flex().configuration().fetch();
  const [workflow] = await local.client.taskrouter.v1.workspaces(taskrouterWorkspaceSid).workflows.list();
  return makeFlow({
    integrationType: "task",
    "integration.workspaceSid": taskrouterWorkspaceSid,
    "integration.workflowSid": workflow?.sid,
    "integration.channel": "chat",
    ...integration,
  });
}

const create = (changes: object = {}) =>
  flex().channel.create({
    flexFlowSid,
    identity: `walker-${++identities}`,
    chatUserFriendlyName: "Walker",
    chatFriendlyName: "With Walker",
    ...changes,
  });
const attributesOf = async (sid: string) =>
  JSON.parse((await chat().channels(sid).fetch()).attributes) as Record<string, unknown>;

describe("a new channel", () => {
  test("is a private chat channel with the customer in it, and the webhook of its Flex Flow", async () => {
    const made = await create({ target: "+15017122661", preEngagementData: '{"page":"cart"}' });
    expect(made).toMatchObject({ flexFlowSid, taskSid: null });
    expect(await chat().channels(made.sid).fetch()).toMatchObject({
      friendlyName: "With Walker",
      uniqueName: null,
      type: "private",
      createdBy: "system",
    });
    expect(await attributesOf(made.sid)).toEqual({
      status: "ACTIVE",
      long_lived: true,
      from: "+15017122661",
      channel_type: "custom",
      pre_engagement_data: { page: "cart" },
    });
    const identity = `walker-${identities}`;
    expect((await chat().channels(made.sid).members.list()).map((one) => one.identity)).toEqual([identity]);
    expect(await chat().users(identity).fetch()).toMatchObject({
      sid: made.userSid,
      friendlyName: "Walker",
    });
    const [webhook] = await chat().channels(made.sid).webhooks.list();
    expect(webhook).toMatchObject({
      type: "webhook",
      configuration: {
        url: "https://example.com/handler",
        method: "POST",
        filters: ["onMessageSent"],
        retry_count: 3,
      },
    });
  });

  test("says itself whether it lives long, and is from its user without a target", async () => {
    const { sid } = await create({ longLived: false });
    expect(await attributesOf(sid)).toMatchObject({ long_lived: false, from: "Walker" });
  });

  test("has its task at once, or with the customer's first message, or the one that it is given", async () => {
    const now = await create({ flexFlowSid: await makeTaskFlow() });
    expect(now.taskSid).toMatch(/^WT/);
    expect(await attributesOf(now.sid)).toMatchObject({ taskSid: now.taskSid });
    const later = await create({
      flexFlowSid: await makeTaskFlow({ "integration.creationOnMessage": true }),
    });
    expect(later.taskSid).toBeNull();
    const { messages } = chat().channels(later.sid);
    await messages.create({ from: "somebody else", body: "Hi" });
    expect((await flex().channel(later.sid).fetch()).taskSid).toBeNull();
    await messages.create({ from: `walker-${identities}`, body: "Hi" });
    expect((await flex().channel(later.sid).fetch()).taskSid).toMatch(/^WT/);
    const given = await create({ flexFlowSid: await makeTaskFlow(), taskSid: now.taskSid });
    expect(given.taskSid).toBe(now.taskSid);
  });
});

test("a unique name is taken until its conversation is over", async () => {
  const first = await create({ chatUniqueName: "one" });
  await expect(create({ chatUniqueName: "one" })).rejects.toMatchObject({ status: 400, code: 45208 });
  await chat()
    .channels("one")
    .update({ attributes: JSON.stringify({ status: "INACTIVE" }) });
  const second = await create({ chatUniqueName: "one" });
  expect(second.sid).not.toBe(first.sid);
  expect((await chat().channels("one").fetch()).sid).toBe(second.sid);
});

test.each([
  ["an unknown Flex Flow", { flexFlowSid: `FO${"0".repeat(32)}` }, 45205],
  ["attributes that are no object", { taskAttributes: "[]" }, 20001],
])("%s is refused, and leaves no chat channel", async (_what, changes, code) => {
  const before = (await chat().channels.list({ type: ["private"] })).length;
  await expect(create(changes)).rejects.toMatchObject({ status: 400, code });
  expect(await chat().channels.list({ type: ["private"] })).toHaveLength(before);
});

test("deleting it deletes the chat channel", async () => {
  const { sid } = await create();
  await flex().channel(sid).remove();
  await expect(flex().channel(sid).fetch()).rejects.toMatchObject({ status: 404 });
  await expect(chat().channels(sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("a web channel is from its customer, and is told when it is over", async () => {
  const { sid } = await flex().webChannel.create({
    flexFlowSid,
    identity: "visitor",
    customerFriendlyName: "Visitor",
    chatFriendlyName: "With a visitor",
  });
  expect(await attributesOf(sid)).toMatchObject({ from: "Visitor", status: "ACTIVE" });
  await flex().webChannel(sid).update({ chatStatus: "inactive", postEngagementData: '{"rating":5}' });
  expect(await attributesOf(sid)).toMatchObject({ status: "INACTIVE", post_engagement_data: '{"rating":5}' });
  expect((await flex().webChannel.list()).map((one) => one.sid)).toEqual([sid]);
});
