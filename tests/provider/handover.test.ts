import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import type { Inputs } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

// Chat and Conversations have one store: what a stack declares by the one goes on by the other, and nothing happens to it.

jest.setTimeout(240_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
beforeAll(async () => {
  stack = await new TestStack(local.emulator).init();
});
afterAll(() => stack.remove());

const chat = (type: string, inputs: Inputs, options?: object): Declaration => ({
  name: type.toLowerCase(),
  token: `twilio:chat:${type}`,
  inputs,
  options: { aliases: [{ type: `twilio:conversations:${type}` }], ...options },
});
const conversations = (type: string, inputs: Inputs, extra: Partial<Declaration> = {}): Declaration => ({
  name: type.toLowerCase(),
  token: `twilio:conversations:${type}`,
  inputs,
  options: { aliases: [{ type: `twilio:chat:${type}` }] },
  ...extra,
});
const service = { friendlyName: "Desk" };
const user = { serviceSid: { $ref: "service.sid" }, identity: "bot" };
const agent = { serviceSid: { $ref: "service.sid" }, friendlyName: "agent" };
const byChat = [
  chat("Service", service),
  chat("Role", { ...agent, type: "channel", permissions: ["sendMessage", "leaveChannel"] }),
  chat("User", user),
];
const byConversations = [
  conversations("Service", service),
  conversations("Role", {
    ...agent,
    type: "conversation",
    permissions: ["leaveConversation", "sendMessage"],
  }),
  conversations("User", user),
];
/** What is there, with the times of the last change: nothing may touch it. */
const stored = async () => {
  const [{ sid } = { sid: "" }] = await local.client.chat.v2.services.list();
  const there = local.client.chat.v2.services(sid);
  const [all, roles, users] = [
    await local.client.chat.v2.services.list(),
    await there.roles.list(),
    await there.users.list(),
  ];
  return [...all, ...roles, ...users].map((item) => item.toJSON());
};
const ids = () => ["service", "role", "user"].map((name) => stack.resources()[name]?.id);

let before: { stored: unknown; ids: unknown };

test("goes over from Chat to Conversations under an alias, untouched", async () => {
  expect((await stack.up(byChat)).code).toBe(0);
  before = { stored: await stored(), ids: ids() };
  const preview = await stack.preview(byConversations);
  expect(preview).toMatchObject({ code: 0, steps: {} });
  expect(await stack.up(byConversations)).toMatchObject({ code: 0, steps: {} });
  expect({ stored: await stored(), ids: ids() }).toEqual(before);
  expect(stack.resources()["role"]!.inputs).toMatchObject({ type: "conversation" });
});

test("is compared and changed by its new names", async () => {
  expect(await stack.preview(byConversations, "--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  const more = byConversations.map((one) =>
    one.name === "role"
      ? { ...one, inputs: { ...one.inputs, permissions: ["leaveConversation", "sendMediaMessage"] } }
      : one,
  );
  expect((await stack.up(more)).steps).toMatchObject({ role: { op: "update" } });
  expect((await stack.up(byConversations)).steps).toMatchObject({ role: { op: "update" } });
  expect(ids()).toEqual(before.ids);
});

test("comes back to Chat under an alias", async () => {
  expect(await stack.up(byChat)).toMatchObject({ code: 0, steps: {} });
  expect(ids()).toEqual(before.ids);
});

test("is taken by import, and not deleted by the resource of Chat that goes", async () => {
  const [, id] = ids();
  const imported = conversations("Role", byConversations[1]!.inputs, {
    name: "imported",
    import: id!,
    options: {},
  });
  const first = await stack.up([byChat[0]!, byChat[2]!, imported]);
  expect(first.output).not.toContain("error:");
  expect(first.code).toBe(0);
  expect(stack.resources()["imported"]!.id).toBe(id);
  expect(stack.resources()["role"]).toBeUndefined();
  const [{ sid } = { sid: "" }] = await local.client.chat.v2.services.list();
  expect((await local.client.chat.v2.services(sid).roles.list()).map((role) => role.friendlyName)).toContain(
    "agent",
  );
});

test("is refused through both, with both names", async () => {
  const [{ friendlyName } = { friendlyName: "" }] = await local.client.chat.v2.services.list();
  const outcome = await stack.preview([
    ...byChat.filter(({ name }) => name !== "role"),
    conversations("Service", { friendlyName, adopt: true }, { name: "twin", options: {} }),
  ]);
  expect(outcome.code).not.toBe(0);
  expect(outcome.output).toContain("since Chat and Conversations have one store");
  expect(outcome.output).toContain('twilio:chat:Service "service"');
  expect(outcome.output).toContain('twilio:conversations:Service "twin"');
});

test("a setting that both have is refused through both, with both names; those of one are not", async () => {
  const roleSid = (await local.client.chat.v2.services.list())[0]!.defaultServiceRoleSid;
  const settings = (inputs: Inputs) =>
    conversations(
      "ServiceConfiguration",
      { serviceSid: { $ref: "service.sid" }, ...inputs },
      {
        name: "settings",
        options: {},
      },
    );
  const withDefault = chat("Service", { ...service, defaultServiceRoleSid: roleSid });
  const rest = byChat.slice(1);
  const refused = await stack.preview([
    withDefault,
    ...rest,
    settings({ defaultChatServiceRoleSid: roleSid }),
  ]);
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain(
    'is defaultServiceRoleSid of twilio:chat:Service "service" as well, since Chat and Conversations have one store',
  );
  expect(refused.output).toContain('from the ServiceConfiguration "settings", or there');
  const other = await stack.preview([withDefault, ...rest, settings({ reachabilityEnabled: true })]);
  expect(other).toMatchObject({ code: 0 });
});

test("goes with the stack, once", async () => {
  expect((await stack.destroy()).code).toBe(0);
  expect(await local.client.conversations.v1.services.list()).toEqual([]);
});
