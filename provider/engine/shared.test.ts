import { expect, test } from "@jest/globals";

import { resources } from "../resources/index.ts";
import { SharedSettings } from "./shared.ts";
import type { Properties } from "./value.ts";

const of = (token: string) => resources.find((one) => one.token === token)!;
const sid = `IS${"1".repeat(32)}`;
const role = `RL${"1".repeat(32)}`;
const chat = {
  definition: of("twilio:chat:Service"),
  urn: "urn:pulumi:dev::flex::twilio:chat:Service::chat",
};
const settings = {
  definition: of("twilio:conversations:ServiceConfiguration"),
  urn: "urn:pulumi:dev::flex::twilio:conversations:ServiceConfiguration::settings",
};

test.each<[string, Properties, Properties, string[]]>([
  [
    "every setting",
    {
      defaultServiceRoleSid: role,
      defaultChannelRoleSid: role,
      defaultChannelCreatorRoleSid: role,
      reachabilityEnabled: true,
    },
    {
      defaultChatServiceRoleSid: role,
      defaultConversationRoleSid: role,
      defaultConversationCreatorRoleSid: role,
      reachabilityEnabled: false,
    },
    [
      "defaultConversationCreatorRoleSid",
      "defaultConversationRoleSid",
      "defaultChatServiceRoleSid",
      "reachabilityEnabled",
    ],
  ],
  ["the same value", { reachabilityEnabled: true }, { reachabilityEnabled: true }, ["reachabilityEnabled"]],
  ["others", { defaultServiceRoleSid: role }, { reachabilityEnabled: true }, []],
])("%s", (_, inChat, inConversations, refused) => {
  const shared = new SharedSettings();
  shared.note({ ...chat, inputs: inChat });
  const own = { ...settings, inputs: { serviceSid: sid, ...inConversations } };
  shared.note(own);
  const paths = (failures: readonly { path: readonly (string | number)[] }[]) =>
    failures.map(({ path }) => path.join("."));
  const owner = (token: string, id: string) =>
    token === chat.definition.token && id === sid ? chat.urn : undefined;
  expect(paths(shared.check(own, owner))).toEqual(refused);
  // The service may be known to be this one only later.
  expect(shared.check(own, () => undefined)).toEqual([]);
  expect(paths(shared.checkOwner(chat.urn, sid))).toEqual(refused);
  expect(shared.checkOwner(chat.urn, `IS${"2".repeat(32)}`)).toEqual([]);
});

test("what conversations are told by its other names is named with both resources", () => {
  const shared = new SharedSettings();
  shared.note({ ...chat, inputs: { defaultChannelRoleSid: role } });
  const own = { ...settings, inputs: { serviceSid: sid, defaultConversationRoleSid: role } };
  const [failure] = shared.check(own, () => chat.urn);
  expect(failure?.reason).toBe(
    'is defaultChannelRoleSid of twilio:chat:Service "chat" as well, since Chat and Conversations have one store; set it in ' +
      'one of the two only: remove it here, from the ServiceConfiguration "settings", or there',
  );
});
