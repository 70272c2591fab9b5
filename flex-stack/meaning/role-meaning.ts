import { isUnknown, valueText } from "../values/property-value.ts";
import { said, type Statement } from "./statement.ts";
import type { Subject } from "../changes/subject.ts";

/** The role by which Flex adds agents to a conversation, and what Twilio gives it and asks not to modify. */
export const agentRole = {
  friendlyName: "agent",
  /** The role is one and the same through Chat and through Conversations. */
  types: ["twilio:chat:Role", "twilio:conversations:Role"],
  permissions: [
    "sendMessage",
    "sendMediaMessage",
    "leaveChannel",
    "editChannelAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "deleteOwnMessage",
  ],
  /** The same by the names of Conversations. */
  conversationPermissions: [
    "sendMessage",
    "sendMediaMessage",
    "leaveConversation",
    "editConversationAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "deleteOwnMessage",
  ],
} as const;

/** Whether it is that role, by Twilio's name for it. */
export function isAgentRole(
  type: string,
  properties: Readonly<Record<string, unknown>> | undefined,
): boolean {
  const types: readonly string[] = agentRole.types;
  return types.includes(type) && properties?.["friendlyName"] === agentRole.friendlyName;
}

/** Permissions that came and went; in the agent role each is a danger, since Flex counts on exactly seven. */
export function permissionsMeaning({ type, before, after }: Subject): Statement[] | undefined {
  const [from, to] = [listOf(before?.["permissions"]), listOf(after?.["permissions"])];
  if (!from || !to) return undefined;
  const danger = isAgentRole(type, after);
  const standard: readonly unknown[] =
    type === "twilio:chat:Role" ? agentRole.permissions : agentRole.conversationPermissions;
  const removed = from.filter((permission) => !to.includes(permission));
  const added = to.filter((permission) => !from.includes(permission));
  return [
    ...removed.map((permission) => {
      const why = danger && standard.includes(permission) ? ", one of the seven that Flex's agents need" : "";
      return said("remove", [], ["permission ", { before: shown(permission) }, ` removed${why}`], { danger });
    }),
    ...added.map((permission) => {
      const stray = danger && !standard.includes(permission);
      const back = danger ? ", one of the seven that Flex's agents need" : "";
      const why = stray ? ", which is none of the seven that Flex's agents have" : back;
      return said("add", [], ["permission ", { after: shown(permission) }, ` added${why}`], {
        danger: stray,
      });
    }),
  ];
}

/** What a role that is new allows. */
export function roleSummary(permissions: unknown): Statement[] {
  const list = listOf(permissions);
  return list ? [said("add", [], ["new, may ", { code: list.map(shown).join(", ") }])] : [];
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function shown(permission: unknown): string {
  return typeof permission === "string" && !isUnknown(permission) ? permission : valueText(permission);
}
