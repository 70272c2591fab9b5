import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const ours = "+14155550142";
const api = () => local.client.conversations.v1;
const texter = (address: string) =>
  JSON.stringify({ messaging_binding: { address, proxy_address: ours }, attributes: '{"a":1}' });

beforeAll(async () => {
  await api().services.create({ friendlyName: "Support" });
  await local.client.incomingPhoneNumbers.create({ phoneNumber: ours });
});

test("a conversation is made with those who take part in it", async () => {
  const { sid } = await api().conversationWithParticipants.create({
    uniqueName: "order-1",
    participant: [JSON.stringify({ identity: "ann" }), texter("+16285550101")],
  });
  const participants = await api().conversations(sid).participants.list();
  expect(
    participants.map(({ identity, messagingBinding, attributes }) => [
      identity,
      messagingBinding,
      attributes,
    ]),
  ).toEqual([
    ["ann", null, "{}"],
    [null, { type: "sms", address: "+16285550101", proxy_address: ours }, '{"a":1}'],
  ]);
});

test("all of it, or nothing", async () => {
  await expect(
    api().conversationWithParticipants.create({
      uniqueName: "order-2",
      participant: [JSON.stringify({ identity: "bob" }), texter("+16285550101")],
    }),
  ).rejects.toMatchObject({ status: 409, code: 50425 });
  await expect(api().conversations("order-2").fetch()).rejects.toMatchObject({ status: 404 });
});

test.each<[string[], string]>([
  [["{"], "Participant is not valid JSON"],
  [["[]"], "Participant must be a JSON object"],
  [Array.from({ length: 11 }, () => "{}"), "Participant takes at most 10 values, got 11"],
])("refuses %j", async (participant, message) => {
  await expect(api().conversationWithParticipants.create({ participant })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(message) as unknown,
  });
});
