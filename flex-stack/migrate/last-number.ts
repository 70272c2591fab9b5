import { isObject } from "../values/property-value.ts";
import type { Edit, Moved } from "../config-files/edit.ts";

/** What a stack can do without once no number is on Chat and Proxy any more. */
export interface Leaving {
  /** Of the settings below `flex-messaging:`. */
  readonly edits: readonly Edit[];
  /** What the configuration has no word for: a sentence each, with what remains to be done. */
  readonly byHand: readonly string[];
}

/** What is known of the stack besides its settings. */
export interface LeavingFacts {
  /** Whether deletions are refused unless they are allowed by name. */
  readonly isProtected: boolean;
  /** Names of the stack's Proxy services, as previews show them. */
  readonly proxyNames: readonly string[];
}

type Settings = Readonly<Record<string, unknown>>;

/** Names that Chat and Conversations have for the same; those of both are alike. */
const roleWords: Readonly<Record<string, string>> = {
  channel: "conversation",
  deployment: "service",
  createChannel: "createConversation",
  joinChannel: "joinConversation",
  leaveChannel: "leaveConversation",
  destroyChannel: "deleteConversation",
  addMember: "addParticipant",
  removeMember: "removeParticipant",
  editChannelName: "editConversationName",
  editChannelAttributes: "editConversationAttributes",
  editOwnMemberAttributes: "editOwnParticipantAttributes",
  editAnyMemberAttributes: "editAnyParticipantAttributes",
};

/** Events of Chat's webhooks, as those of Conversations call them. */
const events: Readonly<Record<string, string>> = {
  onMessageSend: "onMessageAdd",
  onMessageSent: "onMessageAdded",
  onMediaMessageSend: "onMessageAdd",
  onMediaMessageSent: "onMessageAdded",
  onMessageUpdate: "onMessageUpdate",
  onMessageUpdated: "onMessageUpdated",
  onMessageRemove: "onMessageRemove",
  onMessageRemoved: "onMessageRemoved",
  onChannelAdd: "onConversationAdd",
  onChannelAdded: "onConversationAdded",
  onChannelUpdate: "onConversationUpdate",
  onChannelUpdated: "onConversationUpdated",
  onChannelDestroy: "onConversationRemove",
  onChannelDestroyed: "onConversationRemoved",
  onMemberAdd: "onParticipantAdd",
  onMemberAdded: "onParticipantAdded",
  onMemberUpdate: "onParticipantUpdate",
  onMemberUpdated: "onParticipantUpdated",
  onMemberRemove: "onParticipantRemove",
  onMemberRemoved: "onParticipantRemoved",
  onUserAdded: "onUserAdded",
  onUserUpdate: "onUserUpdate",
  onUserUpdated: "onUserUpdated",
};

/**
 * Takes out of a configuration what only Chat and Proxy needed, once every number is on Flex Conversations: `proxy` and `chat`,
 * whose roles, name and webhooks go to `conversations` where that has words for them.
 *
 * @param settings Below `flex-messaging:`, with the last number moved already
 */
export function leaveChat(settings: Settings, facts: LeavingFacts): Leaving {
  const { messageHandling, chat, proxy, conversations, allowedDeletions } = settings;
  const edits: Edit[] = [];
  const byHand: string[] = [];
  if (isObject(messageHandling)) edits.push(...handlingEdits(messageHandling));
  if (isObject(chat)) {
    const found = chatParts(chat, isObject(conversations) ? conversations : {});
    edits.push({ path: ["chat"], value: undefined });
    edits.push(...addedTo(conversations, found.parts));
    byHand.push(...found.byHand);
  }
  if (proxy === undefined) return { edits, byHand };
  edits.push({ path: ["proxy"], value: undefined });
  if (facts.isProtected && facts.proxyNames.length > 0) {
    const known = Array.isArray(allowedDeletions) ? (allowedDeletions as unknown[]) : [];
    const added = facts.proxyNames.filter((name) => !known.includes(name));
    if (added.length > 0) {
      edits.push({ path: ["allowedDeletions"], value: [...known, ...added] });
      byHand.push(
        `The stack is protected: allowedDeletions names ${added.join(" and ")}, so that up lets go of it. Take that out again after it.`,
      );
    }
  }
  return { edits, byHand };
}

/** What is there stays as it is written. */
function addedTo(conversations: unknown, parts: Readonly<Record<string, unknown>>): Edit[] {
  const there = isObject(conversations) ? conversations : {};
  return Object.entries(parts).flatMap(([name, value]): Edit[] =>
    name === "roles" && isObject(there["roles"])
      ? Object.entries(value as object).map(([key, role]: [string, unknown]) => ({
          path: ["conversations", "roles", key],
          value: role,
          moved: { from: ["chat", "roles", key] },
        }))
      : [{ path: ["conversations", name], value, moved: sources[name] ?? { from: ["chat"] } }],
  );
}

/** Where the parts of `conversations` stood, unless in `chat` itself by the same names. */
const sources: Readonly<Record<string, Moved>> = {
  roles: { from: ["chat", "roles"] },
  webhooks: { from: ["chat"], names: { method: "webhookMethod", filters: "webhookFilters" } },
};

/** New numbers are of the kind that all are of by then, and what only Flex Flows take is nobody's. */
function handlingEdits(handling: Settings): Edit[] {
  const gone = ["longLived", "janitorEnabled"].filter((name) => handling[name] !== undefined);
  const { integration } = handling;
  const type = isObject(integration) ? integration["type"] : undefined;
  if (type === "external" || type === "task") gone.push("integration");
  return [
    ...(handling["kind"] === "conversations"
      ? []
      : [{ path: ["messageHandling", "kind"], value: "conversations" }]),
    ...gone.map((name) => ({ path: ["messageHandling", name], value: undefined })),
  ];
}

function chatParts(
  chat: Settings,
  there: Settings,
): { parts: Record<string, unknown>; byHand: readonly string[] } {
  const parts: Record<string, unknown> = {};
  const byHand: string[] = [];
  const { friendlyName, roles, limits } = chat;
  if (friendlyName !== undefined && there["service"] === undefined) parts["service"] = { friendlyName };
  if (isObject(roles)) {
    const known = isObject(there["roles"]) ? there["roles"] : {};
    const moved = Object.entries(roles).flatMap(([key, role]) => {
      if (Object.hasOwn(known, key) || !isObject(role)) {
        byHand.push(
          `chat.roles.${key}: conversations.roles has one of that key. Give it another key there by hand.`,
        );
        return [];
      }
      const { role: translated, lost } = roleOf(role);
      if (lost.length > 0)
        byHand.push(`chat.roles.${key}: Conversations has no ${lost.join(", ")}; the role stays without.`);
      return [[key, translated] as const];
    });
    if (moved.length > 0) parts["roles"] = Object.fromEntries(moved);
  }
  if (limits !== undefined)
    byHand.push(
      "chat.limits: only Chat's API sets limits. They stay in the account as they are; change them there by hand, if ever.",
    );
  const hooks = webhooksOf(chat);
  if (hooks === undefined) return { parts, byHand };
  if (there["webhooks"] !== undefined)
    byHand.push(
      "chat's webhooks: conversations.webhooks are set already. Join the two by hand, where both are needed.",
    );
  else {
    parts["webhooks"] = hooks.webhooks;
    byHand.push(
      "conversations.webhooks: Conversations posts other fields than Chat (ConversationSid for ChannelSid, Author for From). Have the receiver understand them before up.",
      "Chat's own webhooks stay in the account as they are: empty them there by hand once no chat is open, or the receiver hears twice.",
      ...hooks.byHand,
    );
  }
  return { parts, byHand };
}

function roleOf(role: Settings): { role: Settings; lost: readonly string[] } {
  const word = (name: unknown): unknown => (typeof name === "string" ? (roleWords[name] ?? name) : name);
  const permissions = Array.isArray(role["permissions"]) ? (role["permissions"] as unknown[]) : [];
  const kept = permissions.filter((one) => one !== "inviteMember");
  return {
    role: { ...role, type: word(role["type"]), permissions: kept.map(word) },
    lost: kept.length < permissions.length ? ["inviteMember"] : [],
  };
}

function webhooksOf(
  chat: Settings,
): { webhooks: Record<string, unknown>; byHand: readonly string[] } | undefined {
  const { preWebhookUrl, postWebhookUrl, webhookMethod, webhookFilters } = chat;
  if (preWebhookUrl === undefined && postWebhookUrl === undefined) return undefined;
  const byHand: string[] = [];
  const given = Array.isArray(webhookFilters) ? (webhookFilters as unknown[]).map(String) : [];
  const filters = given.flatMap((event) => {
    const name = events[event];
    if (name === undefined) byHand.push(`${event}: Conversations has no such event; nobody is told of it.`);
    else if (name === "onConversationAdd")
      byHand.push(
        `${event}: onConversationAdd is left out, for its refusal loses the text that opens a conversation.`,
      );
    else return [name];
    return [];
  });
  for (const name of ["preWebhookRetryCount", "postWebhookRetryCount"])
    if (chat[name] !== undefined)
      byHand.push(`chat.${name}: Conversations does not try again; nothing to set.`);
  return {
    webhooks: {
      ...(preWebhookUrl !== undefined && { preWebhookUrl }),
      ...(postWebhookUrl !== undefined && { postWebhookUrl }),
      ...(webhookMethod !== undefined && { method: webhookMethod }),
      ...(filters.length > 0 && { filters: [...new Set(filters)] }),
    },
    byHand,
  };
}
