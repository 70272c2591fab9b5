import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseDocument } from "yaml";
import { useProject } from "../support/useProject.ts";

// Somebody moves a number by hand while it is on its way: what it means is told as a whole, and undone in the order that
// leaves it a handler at each moment.

const project = useProject();
const phoneNumber = "+14155550142";
const texts = `texts to ${phoneNumber}`;
const conversation = "a conversation in Flex Chat Service, which goes through the Studio flow Messaging Flow";

/** What the account has for the number. */
async function wiring() {
  const { incomingPhoneNumbers, conversations, flexApi } = project.client;
  const [number] = await incomingPhoneNumbers.list({ phoneNumber });
  const addresses = await conversations.v1.addressConfigurations.list();
  const flows = await flexApi.v1.flexFlow.list();
  const address = addresses.find((each) => each.address === phoneNumber);
  const flow = flows.find(({ contactIdentity }) => contactIdentity === phoneNumber);
  return {
    number: incomingPhoneNumbers(number?.sid ?? ""),
    address: conversations.v1.addressConfigurations(address?.sid ?? ""),
    flow: flexApi.v1.flexFlow(flow?.sid ?? ""),
  };
}

async function up(): Promise<void> {
  const { code, stdout, stderr } = await project.flexStack("up", "--yes");
  expect({ code, said: code === 0 ? "" : `${stdout}${stderr}` }).toEqual({ code: 0, said: "" });
}

async function go(stage: object): Promise<void> {
  const file = parseDocument(await project.read("Pulumi.dev.yaml"));
  const main = { phoneNumber, friendlyName: "Main line", ...stage };
  file.setIn(["config", "flex-messaging:messageHandling", "numbers", "main"], main);
  await project.write("Pulumi.dev.yaml", file.toString({ lineWidth: 0 }));
  await up();
}

/** What `drift` says of each resource. */
async function drift(): Promise<Record<string, string[]>> {
  const { stdout } = await project.flexStack("drift", "--json");
  const { drifts } = JSON.parse(stdout) as { drifts: { name: string; says: string[] }[] };
  return Object.fromEntries(drifts.map(({ name, says }) => [name.replace("flex-number-main-", ""), says]));
}

/** Takes back what was done by hand. @returns what Twilio was told, in order */
async function revert(): Promise<string[]> {
  const since = project.exchanges.length;
  const { code, stderr } = await project.flexStack("drift", "--fix", "revert", "--yes");
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  expect(await drift()).toEqual({});
  return project.exchanges.slice(since).flatMap(({ method, path, requestBody }) => {
    if (method !== "POST") return [];
    const given = new URLSearchParams(requestBody);
    const resource = /(Addresses|IncomingPhoneNumbers|FlexFlows)/.exec(path)?.[1] ?? path;
    const smsUrl = given.get("SmsUrl")?.replace(/.*\/Proxy\/.*/, "Proxy");
    return [`${resource} ${given.get("AutoCreation.Enabled") ?? given.get("Enabled") ?? smsUrl}`];
  });
}

beforeAll(up, 180_000);

describe("prepared", () => {
  beforeAll(() => go({ kind: "flex", migration: { stage: "prepared", cut: "enable-first" } }), 180_000);

  test("cut by hand", async () => {
    const { number, address, flow } = await wiring();
    await address.update({ "autoCreation.enabled": true });
    await number.update({ smsUrl: "" });
    await flow.update({ enabled: false });
    expect(await drift()).toEqual({
      address: [
        "autoCreation.enabled: stack says false, account says true",
        `${texts} now open ${conversation}`,
      ],
      number: [
        expect.stringMatching(/^smsUrl: only the stack has "https:.*Proxy/),
        `${texts} no longer go to Flex, through the Proxy service Flex: they open ${conversation}`,
      ],
      "flex-flow": [
        "enabled: stack says true, account says false",
        `${texts} go to no Flex Flow any more: they open ${conversation}`,
      ],
    });
    expect(await revert()).toEqual(["FlexFlows true", "IncomingPhoneNumbers Proxy", "Addresses false"]);
  });

  test("both ways deleted", async () => {
    const { address, flow } = await wiring();
    await address.remove();
    await flow.remove();
    expect(await drift()).toEqual({
      address: ["stack has it, account has not"],
      "flex-flow": ["stack has it, account has not", `${texts} no longer start a conversation in Flex`],
    });
    expect(await revert()).toEqual(["FlexFlows true", "Addresses false"]);
  });
});

describe("cut", () => {
  beforeAll(() => go({ kind: "conversations", migration: { stage: "cut", cut: "enable-first" } }), 180_000);

  test("taken elsewhere by hand", async () => {
    const { number, address, flow } = await wiring();
    await number.update({ smsUrl: "https://hand.example/sms" });
    await address.update({ "autoCreation.enabled": false });
    await flow.update({ enabled: true });
    expect(await drift()).toEqual({
      number: [
        'smsUrl: stack says "", account says "https://hand.example/sms"',
        `${texts} now go to https://hand.example/sms; Flex has no part in them`,
      ],
      address: [
        "autoCreation.enabled: stack says true, account says false",
        `${texts} no longer open a conversation: they go to https://hand.example/sms`,
      ],
      "flex-flow": [
        "enabled: stack says false, account says true",
        `${texts} now start a conversation in Flex, with the Studio flow Messaging Flow, once the number leads to Proxy: now it leads to https://hand.example/sms`,
      ],
    });
    expect(await revert()).toEqual(["Addresses true", "IncomingPhoneNumbers ", "FlexFlows false"]);
  });

  test("the Address deleted", async () => {
    await (await wiring()).address.remove();
    expect(await drift()).toEqual({
      address: [
        "stack has it, account has not",
        `${texts} no longer open a conversation, and nobody else handles them`,
      ],
    });
    expect(await revert()).toEqual(["Addresses true"]);
  });
});
