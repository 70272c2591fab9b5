import { invalid } from "../../kernel/errors.ts";
import { permissions as chatPermissions, type RoleType as ChatRoleType } from "../chat/permission.ts";

/** What a role is for: users of the service, or participants of a conversation. */
export type RoleType = "service" | "conversation";

const chatTypes: Readonly<Record<RoleType, ChatRoleType>> = {
  service: "deployment",
  conversation: "channel",
};

/** The same type as Chat calls it. */
export function chatTypeOf(type: string): ChatRoleType {
  return type === "service" ? chatTypes.service : chatTypes.conversation;
}

export function typeOf(chatType: ChatRoleType): RoleType {
  return chatType === "deployment" ? "service" : "conversation";
}

/** Permissions that have another name than in Chat: Chat's by Conversations' own. The others have the same. */
const renamed: Readonly<Record<string, string>> = {
  createConversation: "createChannel",
  joinConversation: "joinChannel",
  leaveConversation: "leaveChannel",
  deleteConversation: "destroyChannel",
  addParticipant: "addMember",
  removeParticipant: "removeMember",
  editConversationName: "editChannelName",
  editConversationAttributes: "editChannelAttributes",
  editOwnParticipantAttributes: "editOwnMemberAttributes",
  editAnyParticipantAttributes: "editAnyMemberAttributes",
};
const names = new Map(Object.entries(renamed).map(([name, chatName]) => [chatName, name]));

/** To add somebody by an address; Chat has no name for it, and none for those who are not in chat. */
const own = ["addNonChatParticipant"];

/** Of Chat's alone: there are no invitations to conversations. */
const chatsOwn = ["inviteMember"];

/** What Chat calls these. @throws TwilioError 50104 for one that a role of the type can't have */
export function toChat(permissions: readonly string[], type: ChatRoleType): string[] {
  return permissions.map((permission) => {
    const chatName = renamed[permission] ?? permission;
    const isKnown =
      own.includes(permission) ||
      (chatPermissions[type].includes(chatName) && !names.has(permission) && !chatsOwn.includes(permission));
    if (isKnown) return chatName;
    const shown = JSON.stringify(permission.slice(0, 64));
    throw invalid(`Permission not found: a role of type ${typeOf(type)} has no ${shown}`, 50104);
  });
}

/** What Conversations calls these. */
export function fromChat(permissions: readonly string[]): string[] {
  return permissions
    .filter((permission) => !chatsOwn.includes(permission))
    .map((permission) => names.get(permission) ?? permission);
}
