import { beforeAll, describe, expect, test } from "@jest/globals";
import { useStack, type StackConfig } from "./project.ts";

// A number goes from Chat and Proxy to Flex Conversations, stage by stage and back; what counts is the order in which
// Twilio is told.

const stack = useStack();
const phoneNumber = "+12065550187";
const cuts = ["enable-first", "clear-first", "pool"] as const;
type Cut = (typeof cuts)[number];

let messagingServiceSid = "";
beforeAll(async () => {
  const { services } = stack.client.messaging.v1;
  messagingServiceSid = (await services.create({ friendlyName: "Conversations" })).sid;
}, 60_000);

type Stage = "legacy" | "prepared" | "cut" | "done";

/** What the configuration says of the number at each stage. */
function settings(stage: Stage, cut: Cut): object {
  const service = cut === "pool" ? { messagingServiceSid } : {};
  switch (stage) {
    case "legacy":
      return { kind: "flex" };
    case "prepared":
      return { kind: "flex", ...service, migration: { stage: "prepared", cut } };
    case "cut":
      return { kind: "conversations", ...service, migration: { stage: "cut", cut } };
    case "done":
      return { kind: "conversations", ...service };
  }
}

/** Brings the number there. @returns what Twilio was told that matters to a text, in order */
async function go(stage: Stage, cut: Cut): Promise<string[]> {
  await stack.configure((config: StackConfig) => {
    const { numbers } = config["flex-messaging:messageHandling"] as { numbers: Record<string, object> };
    numbers["shop"] = { phoneNumber, friendlyName: "Shop", ...settings(stage, cut) };
  });
  stack.exchanges.length = 0;
  await stack.up();
  return stack.exchanges.flatMap(({ method, host, path, requestBody, status }) => {
    if (method === "GET" || status >= 300) return [];
    const given = new URLSearchParams(requestBody);
    const enabled = given.get("AutoCreation.Enabled") ?? given.get("Enabled");
    const state = method === "DELETE" ? "gone" : enabled === "true" ? "on" : "off";
    if (path.includes("/Configuration/Addresses")) return `Address ${state}`;
    if (path.includes("/FlexFlows")) return `Flex Flow ${state}`;
    if (host === "proxy.twilio.com" && path.includes("/PhoneNumbers"))
      return method === "DELETE" ? "out of the Proxy pool" : "into the Proxy pool";
    if (host === "messaging.twilio.com" && path.includes("/PhoneNumbers"))
      return method === "DELETE" ? "out of the Messaging Service" : "into the Messaging Service";
    const smsUrl = given.get("SmsUrl");
    if (smsUrl !== null)
      return smsUrl === "" ? "no SmsUrl" : `SmsUrl ${smsUrl.replace(/.*\/Proxy\/KS.*/, "Proxy")}`;
    return [];
  });
}

const enableFirst = {
  prepared: ["Address off"],
  cut: ["Address on", "no SmsUrl", "Flex Flow off"],
  back: ["Flex Flow on", "SmsUrl Proxy", "Address off"],
  done: ["Flex Flow gone", "out of the Proxy pool", "no SmsUrl"],
};
const orders: Readonly<Record<Cut, typeof enableFirst>> = {
  "enable-first": enableFirst,
  "clear-first": {
    ...enableFirst,
    cut: ["no SmsUrl", "Address on", "Flex Flow off"],
    back: ["Address off", "Flex Flow on", "SmsUrl Proxy"],
  },
  pool: {
    prepared: [],
    cut: ["Address on", "into the Messaging Service", "Flex Flow off"],
    back: ["Flex Flow on", "out of the Messaging Service", "Address gone"],
    // Its URL was Proxy's until now, though nobody asked it.
    done: ["no SmsUrl", "Flex Flow gone", "out of the Proxy pool", "no SmsUrl"],
  },
};

describe.each(cuts)("%s", (cut) => {
  const order = orders[cut];

  test("hands the number over in its order, and back in the reverse one", async () => {
    await go("legacy", cut);
    expect(await go("prepared", cut)).toEqual(order.prepared);
    expect(await go("cut", cut)).toEqual(order.cut);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toEqual([]);
    expect(await go("prepared", cut)).toEqual(order.back);
    expect(await go("cut", cut)).toEqual(order.cut);
    expect((await go("done", cut)).toSorted()).toEqual(order.done.toSorted());
    const [number] = await stack.client.incomingPhoneNumbers.list({ phoneNumber });
    expect(number?.smsUrl).toBe("");
  });
});

test("an open session keeps the number in the pool, with a warning", async () => {
  await go("legacy", "enable-first");
  const [service] = await stack.client.proxy.v1.services.list();
  const sessions = stack.client.proxy.v1.services(service?.sid ?? "").sessions;
  const { sid } = await sessions.create({ mode: "message-only" });
  await sessions(sid).participants.create({ identifier: "+14155550100", proxyIdentifier: phoneNumber });
  expect(await go("done", "enable-first")).toEqual(["Address on", "no SmsUrl", "Flex Flow gone"]);
});
