import { expect, test } from "@jest/globals";
import { useStack, type StackConfig } from "./project.ts";

// Switching who handles messages, both ways; what counts is the order in which Twilio is told.

const stack = useStack();

const setKind = (kind: "flex" | "custom") =>
  stack.configure((config: StackConfig) => {
    (config["flex-messaging:messageHandling"] as { kind: string }).kind = kind;
  });

/** What changed at Twilio since the last call that matters to a message, in order. */
function wiring(): string[] {
  const changes = stack.exchanges.splice(0).filter(({ method, status }) => method !== "GET" && status < 300);
  return changes.flatMap(({ method, host, path }) => {
    if (host === "flex-api.twilio.com" && path.includes("/FlexFlows")) return `${method} FlexFlow`;
    if (host === "proxy.twilio.com" && path.includes("/PhoneNumbers")) return `${method} pool`;
    if (host === "api.twilio.com" && path.includes("/IncomingPhoneNumbers")) return `${method} number`;
    return host === "chat.twilio.com" && /\/Services(\/IS[0-9a-f]{32})?$/.test(path)
      ? `${method} chat service`
      : [];
  });
}

async function numbers() {
  const all = await stack.client.incomingPhoneNumbers.list();
  // The third one has a kind of its own.
  return all
    .filter(({ phoneNumber }) => phoneNumber !== "+13125550163")
    .map(({ smsUrl, smsFallbackUrl }) => ({ smsUrl, smsFallbackUrl }));
}

/** Attributes of the Flex Configuration, in which the Flex UI plugin reads who adds agents to channels. */
async function attributes(): Promise<Record<string, unknown>> {
  return (await stack.client.flexApi.v1.configuration().fetch()).attributes as Record<string, unknown>;
}

const proxyUrl = expect.stringMatching(
  /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC[0-9a-f]{32}\/Proxy\/KS[0-9a-f]{32}\/Webhooks\/Message$/,
);
const handled = { smsUrl: "http://127.0.0.1:4200/sms", smsFallbackUrl: "http://127.0.0.1:4200/sms-fallback" };

/** Flex Flows of the two numbers; Flex has others of its own. */
async function flexFlows(): Promise<number> {
  const all = await stack.client.flexApi.v1.flexFlow.list();
  return all.filter(({ contactIdentity }) => contactIdentity?.startsWith("+")).length;
}

const count = (changes: string[], change: string) => changes.filter((one) => one === change).length;

test("a stack of kind custom has no Flex handler", async () => {
  await setKind("custom");
  await stack.up();
  wiring();
  expect(await numbers()).toEqual([handled, handled]);
  expect(await flexFlows()).toBe(0);
  const [chat] = await stack.client.chat.v2.services.list();
  expect([chat?.preWebhookUrl, chat?.postWebhookUrl]).toEqual([
    "http://127.0.0.1:4200/chat-check",
    "http://127.0.0.1:4200/chat",
  ]);
  expect(await attributes()).toMatchObject({
    flexMessaging: {
      // But for those of Conversations, which the plugin knows by themselves and leaves to Flex UI.
      orchestration: { kind: "custom", handlerUrl: "http://127.0.0.1:4200/flex", tasks: "all" },
    },
  });
});

test("custom to flex: Flex Flow, then pool, then the number", async () => {
  const { client } = stack;
  const others = { attributes: { ...(await attributes()), others: { kept: true } } };
  await client.flexApi.v1.configuration().update({ account_sid: client.accountSid, ...others });
  stack.exchanges.length = 0;
  await setKind("flex");
  await stack.up();
  const changes = wiring();
  expect(changes.filter((change) => change !== "POST chat service").sort()).toEqual([
    "POST FlexFlow",
    "POST FlexFlow",
    "POST number",
    "POST number",
    "POST pool",
    "POST pool",
  ]);
  // Of two numbers: as many flows as pool entries before each pool entry, and so on.
  changes.forEach((change, index) => {
    const before = changes.slice(0, index);
    if (change === "POST pool")
      expect(count(before, "POST FlexFlow")).toBeGreaterThan(count(before, "POST pool"));
    if (change === "POST number")
      expect(count(before, "POST pool")).toBeGreaterThan(count(before, "POST number"));
  });
  expect(await numbers()).toEqual([
    { smsUrl: proxyUrl, smsFallbackUrl: "" },
    { smsUrl: proxyUrl, smsFallbackUrl: "" },
  ]);
  expect(await flexFlows()).toBe(2);
  expect(await attributes()).toMatchObject({
    others: { kept: true },
    flexMessaging: { orchestration: { kind: "flex", handlerUrl: "", tasks: "all" } },
  });
});

test("flex to custom: chat service, then the numbers, and Flex Flows go last", async () => {
  await setKind("custom");
  await stack.up();
  expect(wiring()).toEqual([
    "POST chat service",
    "POST number",
    "POST number",
    "DELETE FlexFlow",
    "DELETE FlexFlow",
  ]);
  expect(await numbers()).toEqual([handled, handled]);
  expect(await flexFlows()).toBe(0);
});

test("and back, though the numbers are still in the pool", async () => {
  await setKind("flex");
  await stack.up();
  const changes = wiring().filter((change) => change !== "POST chat service");
  expect(changes.sort()).toEqual(["POST FlexFlow", "POST FlexFlow", "POST number", "POST number"]);
  expect(await numbers()).toEqual([
    { smsUrl: proxyUrl, smsFallbackUrl: "" },
    { smsUrl: proxyUrl, smsFallbackUrl: "" },
  ]);
  expect(await stack.preview("--refresh")).toEqual([]);
});
