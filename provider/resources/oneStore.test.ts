import { expect, test } from "@jest/globals";

import { Claims } from "../engine/claims.ts";
import { difference } from "../engine/diff.ts";
import { inOwnNames, Twins } from "../engine/twins.ts";
import { UNKNOWN } from "../engine/value.ts";
import type { Properties } from "../engine/value.ts";
import { role as chatRole } from "./chat/role.ts";
import { service as chatService } from "./chat/service.ts";
import { user as chatUser } from "./chat/user.ts";
import { permissionsOf as chatPermissions } from "./chat/permissions.ts";
import { permissionsOf } from "./conversations/permissions.ts";
import { role } from "./conversations/role.ts";
import { service } from "./conversations/service.ts";
import { user } from "./conversations/user.ts";

const serviceSid = `IS${"1".repeat(32)}`;
const urnOf = (token: string, name: string) => `urn:pulumi:dev::test::${token}::${name}`;
const inChat = {
  serviceSid,
  friendlyName: "agent",
  type: "channel",
  permissions: ["sendMessage", "leaveChannel"],
};
const inConversations = {
  serviceSid,
  friendlyName: "agent",
  type: "conversation",
  permissions: ["leaveConversation", "sendMessage"],
};

test.each([
  ["a role", chatRole, role, inChat, inConversations, 1],
  ["a role of another type", chatRole, role, inChat, { ...inConversations, type: "service" }, 0],
  ["a role of another service", chatRole, role, { ...inChat, serviceSid: "IS2" }, inConversations, 0],
  [
    "a role of a service that is not known yet",
    chatRole,
    role,
    { ...inChat, serviceSid: UNKNOWN },
    inConversations,
    0,
  ],
  ["a user", chatUser, user, { serviceSid, identity: "bot" }, { serviceSid, identity: "bot" }, 1],
  ["a service", chatService, service, { friendlyName: "Flex" }, { friendlyName: "Flex" }, 1],
] as const)("%s through both APIs", (_, one, other, its, others, failures) => {
  for (const [first, second, a, b] of [
    [one, other, its, others],
    [other, one, others, its],
  ] as const) {
    const twins = new Twins();
    expect(twins.check(first, second, urnOf(first.token, "first"), a as unknown as Properties)).toEqual([]);
    const found = twins.check(second, first, urnOf(second.token, "second"), b);
    expect(found).toHaveLength(failures);
    for (const { reason } of found) {
      expect(reason).toContain(`${first.token} "first"`);
      expect(reason).toContain(`${second.token} "second"`);
    }
  }
});

test("a role that goes over to the other API is the same", () => {
  const sid = `RL${"1".repeat(32)}`;
  for (const [to, from, wanted] of [
    [role, inChat, inConversations],
    [chatRole, inConversations, inChat],
  ] as const) {
    const recorded = {
      state: { ...from, permissions: [...from.permissions], sid },
      inputs: from as unknown as Properties,
    };
    const { state, inputs } = inOwnNames(to, recorded);
    const { properties, replaces } = difference(to, {
      state,
      oldInputs: inputs,
      inputs: wanted,
    });
    expect([[...properties], replaces]).toEqual([[], []]);
  }
});

test("permissions go to the other API and back, but for what only one has", () => {
  for (const [chatType, type] of [
    ["channel", "conversation"],
    ["deployment", "service"],
  ] as const) {
    const there = role.twin!.translate({ type: chatType, permissions: [...chatPermissions[chatType]] });
    expect(there["type"]).toBe(type);
    expect(new Set([...(there["permissions"] as string[]), "addNonChatParticipant"])).toEqual(
      new Set(permissionsOf[type]),
    );
    const back = chatRole.twin!.translate(there);
    expect(new Set([...(back["permissions"] as string[]), "inviteMember"])).toEqual(
      new Set(chatPermissions[chatType]),
    );
  }
});

test("what one API's resource lets go of stays while the other's stands for it", () => {
  const id = `${serviceSid}/RL${"1".repeat(32)}`;
  const [old, now] = [urnOf(chatRole.token, "old"), urnOf(role.token, "now")];
  const claims = new Claims();
  claims.imports(role, id, now);
  claims.hold(role, id, now);
  expect(claims.release(chatRole, id, old, [{ urn: old, state: {}, inputs: {} }]).owners).toEqual([now]);
  expect(() => claims.claim(chatRole, id, urnOf(chatRole.token, "third"))).toThrow(
    /"now".*"third" would be it, too/,
  );
});
