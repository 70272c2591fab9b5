import type { Twin } from "../engine/definition.ts";
import type { Properties, Value } from "../engine/value.ts";

// Chat and Conversations are two APIs of one store: services, roles, users and conversations have the same SIDs in both.

/** Types and permissions of roles, Chat's name first; the others have the same name in both. */
const names = [
  ["channel", "conversation"],
  ["deployment", "service"],
  ["createChannel", "createConversation"],
  ["joinChannel", "joinConversation"],
  ["leaveChannel", "leaveConversation"],
  ["destroyChannel", "deleteConversation"],
  ["addMember", "addParticipant"],
  ["removeMember", "removeParticipant"],
  ["editChannelName", "editConversationName"],
  ["editChannelAttributes", "editConversationAttributes"],
  ["editOwnMemberAttributes", "editOwnParticipantAttributes"],
  ["editAnyMemberAttributes", "editAnyParticipantAttributes"],
] as const;
const toConversations = new Map<string, string>(names);
const toChat = new Map<string, string>(names.map(([chat, conversations]) => [conversations, chat]));

/** Of Chat's alone: Conversations has no invitations, and does not show it. */
const chatsOwn: Value = "inviteMember";

type Product = "chat" | "conversations";

/** A service or user has the same names in both. */
export function twinOf(other: Product, kind: "Service" | "User", sameBy: string): Twin {
  return { token: `twilio:${other}:${kind}`, sameBy: [sameBy], translate: (properties) => properties };
}

export function twinRole(other: Product): Twin {
  const map = other === "chat" ? toConversations : toChat;
  const renamed = (value: Value): Value => (typeof value === "string" ? (map.get(value) ?? value) : value);
  const permission = (list: Value): Value =>
    Array.isArray(list) ? list.filter((one) => other !== "chat" || one !== chatsOwn).map(renamed) : list;
  const translate = (properties: Properties): Properties => {
    const { type, permissions, __baseline: baseline } = properties;
    return {
      ...properties,
      ...(type !== undefined && { type: renamed(type) }),
      ...(permissions !== undefined && { permissions: permission(permissions) }),
      ...(typeof baseline === "object" &&
        baseline !== null &&
        !Array.isArray(baseline) && { __baseline: translate(baseline) }),
    };
  };
  return { token: `twilio:${other}:Role`, sameBy: ["friendlyName", "type"], translate };
}
