import { beforeAll, expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre, number } from "./centre.ts";

// What flows do in a conversation of Conversations, whichever way they name it, and when nobody answers.

const local = useLocalTwilio();
const receiver = useReceiver();
let centre: Centre;
let customers = 0;
const customer = () => `+1628557${String(1000 + ++customers)}`;
const api = () => local.client.conversations.v1;

beforeAll(() => {
  centre = new Centre(local.client, local.emulator);
});

type Transitions = Record<string, string>;
const state = (name: string, type: string, transitions: Transitions, properties: object = {}) => ({
  name,
  type,
  transitions: Object.entries(transitions).map(([event, next]) => ({ event, next })),
  properties: { offset: { x: 0, y: 0 }, ...properties },
});

/** Publishes a flow that asks, and says what came of it; the number's conversations begin with it. */
async function publish(talks: { channel: string; service: string }): Promise<string> {
  const from = "{{flow.channel.address}}";
  const said = (name: string, body: string) =>
    state(name, "send-message", {}, { ...talks, from, to: "{{contact.channel.address}}", body });
  const { sid } = await local.client.studio.v2.flows.create({
    friendlyName: "Flow",
    status: "published",
    definition: {
      description: "test",
      states: [
        state("Trigger", "trigger", { incomingConversationMessage: "Ask" }),
        state(
          "Ask",
          "send-and-wait-for-reply",
          { incomingMessage: "Heard", timeout: "Silence", deliveryFailure: "Undelivered" },
          { ...talks, from, body: "Who are you?", timeout: "60" },
        ),
        said("Heard", "Hello {{widgets.Ask.inbound.Body}}"),
        said("Silence", "Nobody?"),
        said("Undelivered", "Never"),
      ],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    },
  });
  for (const { sid: known } of await api().addressConfigurations.list())
    await api().addressConfigurations(known).remove();
  await api().addressConfigurations.create({
    type: "sms",
    address: number,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": sid,
  });
  return sid;
}

const byTrigger = {
  conversation: {
    channel: "{{trigger.conversation.ChannelSid}}",
    service: "{{trigger.conversation.InstanceSid}}",
  },
  "conversation by its newer names": {
    channel: "{{trigger.conversation.ConversationSid}}",
    service: "{{trigger.conversation.ChatServiceSid}}",
  },
  message: { channel: "{{trigger.message.ChannelSid}}", service: "{{trigger.message.InstanceSid}}" },
};

const said = async (who: string) => {
  const found = await api().participantConversations.list({ address: who });
  const messages = await api()
    .conversations(found.at(-1)?.conversationSid ?? "")
    .messages.list();
  return messages.map(({ author, body }) => [author, body]);
};
const textsTo = async (to: string) =>
  (await local.client.messages.list({ to })).map(({ body }) => body).reverse();

test.each(Object.entries(byTrigger))(
  "a flow talks where its trigger came from, by trigger.%s",
  async (_name, talks) => {
    await publish(talks);
    const who = customer();
    await centre.text(who, number, "Help");
    await centre.text(who, number, "Jane");
    expect(await said(who)).toEqual([
      [who, "Help"],
      [number, "Who are you?"],
      [who, "Jane"],
      [number, "Hello Jane"],
    ]);
    expect(await textsTo(who)).toEqual(["Who are you?", "Hello Jane"]);
  },
);

test("who does not answer in time is not waited for any more; two customers do not meet", async () => {
  const flowSid = await publish(byTrigger.message);
  const [slow, quick] = [customer(), customer()];
  await centre.text(slow, number, "Help");
  await local.advance(30);
  await centre.text(quick, number, "Help");
  await local.advance(31);
  await centre.text(quick, number, "Bob");
  expect(await textsTo(slow)).toEqual(["Who are you?", "Nobody?"]);
  expect(await textsTo(quick)).toEqual(["Who are you?", "Hello Bob"]);
  const executions = await local.client.studio.v2.flows(flowSid).executions.list();
  expect(executions.map(({ status }) => status)).toEqual(["ended", "ended"]);
});

test("a conversation that is closed while the flow waits takes nothing from it, and the journal says so", async () => {
  await publish(byTrigger.conversation);
  const who = customer();
  const sid = await centre.text(who, number, "Help");
  const [found] = await api().participantConversations.list({ address: who });
  await api()
    .conversations(found?.conversationSid ?? "")
    .update({ state: "closed" });
  await local.advance(61);
  expect(await textsTo(who)).toEqual(["Who are you?"]);
  const problems = (await centre.journey(sid)).filter(
    ({ code, stage }) => code !== null && stage === "studio",
  );
  expect(problems.map(({ code, text }) => [code, text])).toEqual([
    [
      81011,
      `Studio execution ended at Silence: its message was not sent (50377: Conversation ${found?.conversationSid} is closed; it can't be changed any more)`,
    ],
  ]);
});

test("a text that a conversation takes is the number's own URL's, too: both answer", async () => {
  await publish(byTrigger.message);
  const [ours] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: `${receiver.url}/sms` });
  receiver.answer = () => ({ status: 200, type: "text/plain", text: "From the URL" });
  const who = customer();
  const sid = await centre.text(who, number, "Help");
  await centre.journey(sid);
  await centre.text(who, number, "Jane");
  await local.advance(0);
  await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: "" });
  expect(receiver.received.map(({ form }) => form["Body"])).toEqual(["Help", "Jane"]);
  expect((await textsTo(who)).sort()).toEqual(["From the URL", "From the URL", "Hello Jane", "Who are you?"]);
});
