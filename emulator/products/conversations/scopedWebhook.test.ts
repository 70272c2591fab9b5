import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const url = "https://example.com/hook";
const flowSid = `FW${"1".repeat(32)}`;
let webhooks = "";

const open = async () => {
  const { conversations } = local.client.conversations.v1;
  return conversations((await conversations.create()).sid);
};

beforeAll(async () => {
  await local.client.conversations.v1.services.create({ friendlyName: "Support" });
});

test.each([
  [
    { Target: "webhook", "Configuration.Url": url, "Configuration.Filters": "onMessageAdded" },
    { url, method: "POST", filters: ["onMessageAdded"] },
  ],
  [
    {
      Target: "trigger",
      "Configuration.Url": url,
      "Configuration.Method": "get",
      "Configuration.Triggers": ["help", "agent"],
    },
    { url, method: "get", triggers: ["help", "agent"] },
  ],
  [
    { Target: "studio", "Configuration.FlowSid": flowSid, "Configuration.ReplayAfter": "0" },
    { flow_sid: flowSid, replay_after: 0 },
  ],
])("keeps of a configuration what its target needs: %j", async (form, configuration) => {
  const { sid: conversationSid, links } = await (await open()).fetch();
  webhooks = String((links as { webhooks: string }).webhooks);
  const { status, body } = await local.send("POST", webhooks, { form });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    conversation_sid: conversationSid,
    target: form.Target,
    configuration,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${webhooks}/${sid}`,
  });
});

test("a conversation has at most five", async () => {
  const conversation = await open();
  const studio = { target: "studio", "configuration.flowSid": flowSid } as const;
  for (let count = 0; count < 5; count++) await conversation.webhooks.create(studio);
  await expect(conversation.webhooks.create(studio)).rejects.toMatchObject({ status: 400, code: 50361 });
});

test.each<[Record<string, string>, string]>([
  [{}, "Missing required parameter Target in the post body"],
  [{ Target: "webhook" }, "Target webhook requires Configuration.Url"],
  [{ Target: "studio" }, "Target studio requires Configuration.FlowSid"],
])("refuses %j", async (form, message) => {
  const { status, body } = await local.send("POST", webhooks, { form });
  expect(status).toBe(400);
  expect(body).toMatchObject({ message });
});
