import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const flows = "https://flex-api.twilio.com/v1/FlexFlows";
const flowSid = `FW${"1".repeat(32)}`;
const [workspaceSid, workflowSid] = [`WS${"1".repeat(32)}`, `WW${"1".repeat(32)}`];
let chatServiceSid = "";
let identities = 0;
const anyone = () => `+1415555${String(++identities).padStart(4, "0")}`;
const form = (changes: Record<string, string> = {}) => ({
  FriendlyName: "Flow",
  ChatServiceSid: chatServiceSid,
  ChannelType: "sms",
  IntegrationType: "studio",
  "Integration.FlowSid": flowSid,
  ...changes,
});

beforeAll(async () => {
  chatServiceSid = (await local.client.chat.v2.services.create({ friendlyName: "Flex Chat Service" })).sid;
});

test("a new flow has Twilio's defaults", async () => {
  const { status, body } = await local.send("POST", flows, { form: form() });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    friendly_name: "Flow",
    chat_service_sid: chatServiceSid,
    channel_type: "sms",
    contact_identity: null,
    enabled: false,
    integration_type: "studio",
    integration: { flow_sid: flowSid, retry_count: 3 },
    long_lived: false,
    janitor_enabled: false,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${flows}/${sid}`,
  });
});

test.each([
  [
    { IntegrationType: "studio", "Integration.RetryCount": "1" },
    { flow_sid: flowSid, retry_count: 1 },
  ],
  [
    {
      IntegrationType: "external",
      "Integration.Url": "https://example.com/in",
      "Integration.RetryCount": "0",
    },
    { url: "https://example.com/in", retry_count: 0 },
  ],
  [
    {
      IntegrationType: "task",
      "Integration.WorkspaceSid": workspaceSid,
      "Integration.WorkflowSid": workflowSid,
    },
    {
      workspace_sid: workspaceSid,
      workflow_sid: workflowSid,
      channel: "default",
      timeout: 86_400,
      priority: 0,
      creation_on_message: false,
    },
  ],
  [
    {
      IntegrationType: "task",
      "Integration.WorkspaceSid": workspaceSid,
      "Integration.WorkflowSid": workflowSid,
      "Integration.Channel": "sms",
      "Integration.Timeout": "60",
      "Integration.Priority": "5",
      "Integration.CreationOnMessage": "true",
    },
    {
      workspace_sid: workspaceSid,
      workflow_sid: workflowSid,
      channel: "sms",
      timeout: 60,
      priority: 5,
      creation_on_message: true,
    },
  ],
])("keeps of an integration what its type needs: %j", async (given, integration) => {
  const { status, body } = await local.send("POST", flows, { form: form(given) });
  expect(status).toBe(201);
  expect((body as { integration: object }).integration).toEqual(integration);
});

test("an update changes one part of the integration, or its type", async () => {
  const { sid } = await local.client.flexApi.v1.flexFlow.create({
    friendlyName: "Update",
    chatServiceSid,
    channelType: "whatsapp",
    integrationType: "studio",
    "integration.flowSid": flowSid,
    "integration.retryCount": 1,
  });
  const flow = local.client.flexApi.v1.flexFlow(sid);
  const other = `FW${"2".repeat(32)}`;
  expect((await flow.update({ "integration.flowSid": other })).integration).toEqual({
    flow_sid: other,
    retry_count: 1,
  });
  const url = "https://example.com/handler";
  const external = await flow.update({ integrationType: "external", "integration.url": url });
  expect(external).toMatchObject({ channelType: "whatsapp", integrationType: "external" });
  expect(external.integration).toEqual({ url, retry_count: 1 });
});

test.each([
  ["studio", { "Integration.FlowSid": flowSid }, { flow_sid: flowSid, retry_count: 3 }],
  [
    "external",
    { "Integration.Url": "https://example.com/in" },
    { url: "https://example.com/in", retry_count: 3 },
  ],
  [
    "task",
    { "Integration.WorkspaceSid": workspaceSid, "Integration.WorkflowSid": workflowSid },
    {
      workspace_sid: workspaceSid,
      workflow_sid: workflowSid,
      channel: "default",
      timeout: 86_400,
      priority: 0,
      creation_on_message: false,
    },
  ],
])("without a type, its parts tell that it is %s", async (type, parts, integration) => {
  const given = { FriendlyName: "Flow", ChatServiceSid: chatServiceSid, ChannelType: "web", ...parts };
  expect(await local.send("POST", flows, { form: given })).toMatchObject({
    status: 201,
    body: { integration_type: type, integration },
  });
});

test.each<[Record<string, string>, number, string]>([
  [{ FriendlyName: "" }, 20001, "Missing required parameter FriendlyName in the post body"],
  [{ ChatServiceSid: "" }, 20001, "Missing required parameter ChatServiceSid in the post body"],
  [{ ChannelType: "" }, 20001, "Missing required parameter ChannelType in the post body"],
  [{ ChannelType: "fax" }, 20001, "ChannelType must be one of web, sms, facebook, whatsapp, line, custom"],
  [
    { ChatServiceSid: `IS${"0".repeat(32)}` },
    45212,
    `Flex Flow creation failed: chat service IS${"0".repeat(32)} does not exist`,
  ],
  [
    { IntegrationType: "studio", "Integration.FlowSid": "" },
    45210,
    "Flex Flow creation failed: integration type studio requires Integration.FlowSid",
  ],
  [
    { IntegrationType: "", "Integration.FlowSid": "" },
    45210,
    "Flex Flow creation failed: IntegrationType is required",
  ],
  [
    { IntegrationType: "", "Integration.Url": "https://example.com/in" },
    45210,
    "Flex Flow creation failed: IntegrationType is required",
  ],
  [{ IntegrationType: "external" }, 45210, "integration type external requires Integration.Url"],
  [
    { IntegrationType: "task", "Integration.WorkspaceSid": workspaceSid },
    45210,
    "integration type task requires Integration.WorkflowSid",
  ],
  [
    { IntegrationType: "studio", "Integration.RetryCount": "4" },
    20001,
    "Integration.RetryCount must be a whole number",
  ],
])("refuses %j", async (changes, code, message) => {
  expect(await local.send("POST", flows, { form: form(changes) })).toMatchObject({
    status: 400,
    body: { code, message: expect.stringContaining(message) },
  });
});

test("two enabled flows don't answer the same contact", async () => {
  const identity = anyone();
  const enabled = form({ ContactIdentity: identity, Enabled: "true" });
  const { body } = await local.send("POST", flows, { form: enabled });
  const { sid } = body as { sid: string };
  const refused = {
    status: 400,
    body: { code: 45212, message: expect.stringContaining(`it collides with ${sid}`) },
  };
  expect(await local.send("POST", flows, { form: enabled })).toMatchObject(refused);
  // A disabled one, one of another channel and one of itself don't collide.
  const disabled = await local.send("POST", flows, { form: { ...enabled, Enabled: "false" } });
  expect(disabled.status).toBe(201);
  expect((await local.send("POST", flows, { form: { ...enabled, ChannelType: "whatsapp" } })).status).toBe(
    201,
  );
  expect((await local.client.flexApi.v1.flexFlow(sid).update({ longLived: true })).longLived).toBe(true);
  const other = (disabled.body as { sid: string }).sid;
  expect(await local.send("POST", `${flows}/${other}`, { form: { Enabled: "true" } })).toMatchObject(refused);
  await local.client.flexApi.v1.flexFlow(sid).update({ enabled: false });
  expect((await local.client.flexApi.v1.flexFlow(other).update({ enabled: true })).enabled).toBe(true);
});

test("flows without a contact don't collide", async () => {
  for (let count = 0; count < 2; count++) {
    const web = form({ ChannelType: "web", Enabled: "true" });
    expect((await local.send("POST", flows, { form: web })).status).toBe(201);
  }
});

test("lists are narrowed by name", async () => {
  const { sid } = await local.client.flexApi.v1.flexFlow.create({
    friendlyName: "Only one",
    chatServiceSid,
    channelType: "line",
    integrationType: "studio",
    "integration.flowSid": flowSid,
  });
  const listed = await local.client.flexApi.v1.flexFlow.list({ friendlyName: "Only one" });
  expect(listed.map((flow) => flow.sid)).toEqual([sid]);
});

test("one that is gone is not found", async () => {
  const { sid } = await local.client.flexApi.v1.flexFlow.create({
    friendlyName: "Gone",
    chatServiceSid,
    channelType: "web",
    integrationType: "studio",
    "integration.flowSid": flowSid,
  });
  expect(await local.client.flexApi.v1.flexFlow(sid).remove()).toBe(true);
  await expect(local.client.flexApi.v1.flexFlow(sid).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});
