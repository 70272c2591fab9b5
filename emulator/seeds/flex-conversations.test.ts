import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "flex-conversations" });
const api = () => local.client.conversations.v1;

const agent = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "editConversationAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
];
const more = [...agent, "editAnyMessage", "editAnyMessageAttributes", "deleteAnyMessage"];

test("the default service is Flex's, with the roles that Flex makes by Conversations' names", async () => {
  const [service, ...others] = await api().services.list();
  expect([service?.friendlyName, others]).toEqual(["Flex Chat Service", []]);
  const { chatServiceInstanceSid } = await local.client.flexApi.v1.configuration().fetch();
  expect(chatServiceInstanceSid).toBe(service?.sid);
  const configuration = await api().configuration().fetch();
  expect(configuration).toMatchObject({
    defaultChatServiceSid: service?.sid,
    defaultInactiveTimer: null,
    defaultClosedTimer: null,
  });
  const inside = api().services(service?.sid ?? "");
  const roles = await inside.roles.list();
  const listed = Object.fromEntries(
    roles.map(({ friendlyName, type, permissions }) => [`${type} ${friendlyName}`, permissions]),
  );
  expect(Object.keys(listed)).toEqual([
    "service service admin",
    "service service user",
    "conversation channel admin",
    "conversation channel user",
    "service service supervisor",
    "conversation guest",
    "conversation agent",
    "conversation supervisor",
    "conversation admin",
  ]);
  expect(listed).toMatchObject({
    "service service admin": [
      "joinConversation",
      "deleteConversation",
      "addParticipant",
      "removeParticipant",
      "editConversationAttributes",
      "editOwnUserInfo",
      "editAnyUserInfo",
    ],
    "service service supervisor": [
      "joinConversation",
      "addParticipant",
      "removeParticipant",
      "editOwnUserInfo",
    ],
    "conversation guest": ["sendMessage", "sendMediaMessage"],
    "conversation agent": agent,
    "conversation supervisor": more,
    "conversation admin": more,
  });
  const guest = roles.find(({ friendlyName }) => friendlyName === "guest");
  expect((await inside.configuration().fetch()).defaultConversationRoleSid).toBe(guest?.sid);
});

test("nothing of Chat's and Proxy's wiring is there; flows begin with messages of both kinds", async () => {
  expect(await local.client.proxy.v1.services.list()).toEqual([]);
  expect(await local.client.flexApi.v1.flexFlow.list()).toEqual([]);
  expect((await local.client.incomingPhoneNumbers.list()).map(({ smsUrl }) => smsUrl)).toEqual(["", ""]);
  const flows = await local.client.studio.v2.flows.list();
  expect(flows.map(({ friendlyName }) => friendlyName).sort()).toEqual(["Messaging Flow", "Webchat Flow"]);
  for (const { sid } of flows) {
    const { definition } = await local.client.studio.v2.flows(sid).fetch();
    const [trigger] = (definition as { states: { transitions: { event: string; next?: string }[] }[] })
      .states;
    const wired = trigger?.transitions.filter(({ next }) => next !== undefined).map(({ event }) => event);
    expect(wired).toEqual(["incomingMessage", "incomingConversationMessage"]);
  }
});

test("web chats have their address, which leads to the Webchat Flow", async () => {
  const [address, ...others] = await api().addressConfigurations.list();
  const flow = (await local.client.studio.v2.flows.list()).find(
    ({ friendlyName }) => friendlyName === "Webchat Flow",
  );
  expect(others).toEqual([]);
  expect(address).toMatchObject({
    type: "chat",
    friendlyName: "Flex Web Chat",
    autoCreation: { enabled: true, type: "studio", studio_flow_sid: flow?.sid },
  });
  expect((await local.client.flexApi.v1.configuration().fetch()).uiVersion).toBe("~2.17.0");
});
