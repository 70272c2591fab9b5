import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const root = "https://conversations.twilio.com/v1";

test("settings that nobody has set are there all the same", async () => {
  const account_sid = local.emulator.accountSid;
  const { sid } = await local.client.conversations.v1.services.create({ friendlyName: "Only" });
  expect((await local.send("GET", `${root}/Configuration`)).body).toEqual({
    account_sid,
    default_chat_service_sid: sid,
    default_messaging_service_sid: null,
    default_inactive_timer: null,
    default_closed_timer: null,
    url: `${root}/Configuration`,
    links: {
      service: `${root}/Services/${sid}/Configuration`,
      webhooks: `${root}/Configuration/Webhooks`,
    },
  });
  await local.client.conversations.v1.services(sid).remove();
  expect((await local.send("GET", `${root}/Configuration/Webhooks`)).body).toEqual({
    account_sid,
    pre_webhook_url: null,
    post_webhook_url: null,
    method: "POST",
    filters: null,
    target: "webhook",
    url: `${root}/Configuration/Webhooks`,
  });
});

test("the default service is the oldest until one is chosen, and again when that is gone", async () => {
  const { configuration, services } = local.client.conversations.v1;
  const chosen = async () => (await configuration().fetch()).defaultChatServiceSid;
  // Chat's services are the same.
  const first = await local.client.chat.v2.services.create({ friendlyName: "First" });
  const second = await services.create({ friendlyName: "Second" });
  expect(await chosen()).toBe(first.sid);
  await configuration().update({ defaultChatServiceSid: second.sid });
  expect(await chosen()).toBe(second.sid);
  await services(second.sid).remove();
  expect(await chosen()).toBe(first.sid);
});

test("only what is named changes; timers stay as they were written, and can be cleared", async () => {
  const { configuration } = local.client.conversations.v1;
  await configuration().update({ defaultInactiveTimer: "PT60M", defaultClosedTimer: "P1D" });
  expect(await configuration().update({ defaultClosedTimer: "" })).toMatchObject({
    defaultInactiveTimer: "PT60M",
    defaultClosedTimer: null,
  });
});

test.each<[Record<string, string>, number, string]>([
  [
    { DefaultChatServiceSid: `IS${"9".repeat(32)}` },
    404,
    `The requested resource /Services/IS${"9".repeat(32)} was not found`,
  ],
  [{ DefaultInactiveTimer: "PT59S" }, 400, "DefaultInactiveTimer must be at least PT1M, got PT59S"],
  [{ DefaultClosedTimer: "PT9M" }, 400, "DefaultClosedTimer must be at least PT10M, got PT9M"],
  [{ DefaultClosedTimer: "P365001D" }, 400, "DefaultClosedTimer must be at most 1000 years, got P365001D"],
  [
    { DefaultInactiveTimer: `P${"9".repeat(400)}W` },
    400,
    `DefaultInactiveTimer must be at most 1000 years, got P${"9".repeat(63)}`,
  ],
  [{ DefaultClosedTimer: "10" }, 400, 'DefaultClosedTimer must be an ISO 8601 duration like PT1H, got "10"'],
])("refuses %j", async (form, status, message) => {
  const answer = await local.send("POST", `${root}/Configuration`, { form });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ message });
});

test("webhooks want events by their names", async () => {
  const { status } = await local.send("POST", `${root}/Configuration/Webhooks`, {
    form: { Filters: ["onMessageAdded", "onMessageSent"] },
  });
  expect(status).toBe(400);
});
