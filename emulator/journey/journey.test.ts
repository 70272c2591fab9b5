import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio();
const number = "+14155550142";
const customer = "+14155550170";

beforeAll(async () => {
  const { client } = local;
  const [proxy] = await client.proxy.v1.services.list();
  await client.proxy.v1.services(proxy?.sid ?? "").phoneNumbers.create({ phoneNumber: number });
  const flows = await client.studio.v2.flows.list();
  const [chat] = await client.chat.v2.services.list();
  await client.flexApi.v1.flexFlow.create({
    friendlyName: "Texts",
    chatServiceSid: chat?.sid ?? "",
    channelType: "sms",
    contactIdentity: number,
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")?.sid ?? "",
  });
});

test("a text becomes a task", async () => {
  const answer = await fetch(`${local.emulator.url}/_emulator/messages`, {
    method: "POST",
    body: JSON.stringify({ from: customer, to: number, body: "Hello" }),
  });
  const { sid } = (await answer.json()) as { sid: string };
  const journey = await (await fetch(`${local.emulator.url}/_emulator/journeys/${sid}`)).json();
  console.log(JSON.stringify(journey, null, 1));
  const [workspace] = await local.client.taskrouter.v1.workspaces.list();
  console.log(await local.client.taskrouter.v1.workspaces(workspace?.sid ?? "").tasks.list());
  expect(1).toBe(1);
});
