import type { Plan, PlannedResource } from "../../planned.ts";

/** The role Flex gives to agents in a conversation. */
export const agentRoleName = "agent";

/** A role, through either API of the one store. */
export type Role = PlannedResource<"twilio:chat:Role"> | PlannedResource<"twilio:conversations:Role">;

/** Roles of the plan, through Chat and through Conversations. */
export function rolesOf(plan: Plan): Role[] {
  return [...plan.of("twilio:chat:Role"), ...plan.of("twilio:conversations:Role")];
}

interface Standard {
  readonly type: string;
  readonly permissions: readonly string[];
}

/** Type and permissions that Twilio gives that role, and asks not to modify, by the names of the API it is declared through. */
export function standardOf({ type }: Role): Standard {
  return type === "twilio:chat:Role" ? standard.chat : standard.conversations;
}

export const standard = {
  chat: {
    type: "channel",
    permissions: [
      "sendMessage",
      "sendMediaMessage",
      "leaveChannel",
      "editChannelAttributes",
      "editOwnMessage",
      "editOwnMessageAttributes",
      "deleteOwnMessage",
    ],
  },
  conversations: {
    type: "conversation",
    permissions: [
      "sendMessage",
      "sendMediaMessage",
      "leaveConversation",
      "editConversationAttributes",
      "editOwnMessage",
      "editOwnMessageAttributes",
      "deleteOwnMessage",
    ],
  },
} as const satisfies Record<string, Standard>;
