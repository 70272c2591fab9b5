import type { MemberInstance } from "twilio/lib/rest/chat/v2/service/channel/member.js";
import type { RoleInstance } from "twilio/lib/rest/chat/v2/service/role.js";
import type { WorkerInstance } from "twilio/lib/rest/taskrouter/v1/workspace/worker.js";
import { parseAttributes, textOf } from "../account/attributes.ts";
import { consolePage } from "./console-page.ts";
import type { Problem } from "./finding.ts";
import type { CleanUp } from "./clean-up.ts";
import { agentRoleOf, type Repair } from "./repair.ts";
import { agentRole } from "../meaning/index.ts";

/** Roles that Flex gives those who accept a task. */
const flexRoles = ["agent", "supervisor", "admin"];

/** The chat identity of a worker, from `contact_uri`. */
export function identityOf({ attributes }: Pick<WorkerInstance, "attributes">): string | undefined {
  return textOf(parseAttributes(attributes), "contact_uri")?.replace(/^client:/, "");
}

/** Whether a member of a chat channel came as an agent. */
export function isAgent({ attributes }: Pick<MemberInstance, "attributes">): boolean {
  return parseAttributes(attributes)["member_type"] === "agent";
}

/** What is wrong with a worker's `contact_uri`; nothing when it is as Flex needs it. */
export function contactProblem(worker: WorkerInstance): Problem | undefined {
  const uri = textOf(parseAttributes(worker.attributes), "contact_uri");
  if (uri?.startsWith("client:") && uri.length > "client:".length) return undefined;
  return {
    cause: "contact-uri-missing",
    sentence: `Worker ${worker.friendlyName} (${worker.sid}) has ${uri === undefined ? "no contact_uri" : `the contact_uri ${JSON.stringify(uri)}`} in the attributes: without client:NAME Flex can't put the agent into a chat.`,
    fix: "Let the agent log in to Flex again, which sets it, or set it in the worker's attributes.",
    page: consolePage.worker(worker.workspaceSid, worker.sid),
  };
}

/** A role as either API tells of it: both have one store, and names of their own for permissions. */
export type Role = Pick<RoleInstance, "sid" | "friendlyName" | "permissions"> & { readonly type: string };

/** How an API names what agents are in. */
interface Names {
  /** `channel` */
  readonly type: string;
  /** Where the service is. */
  readonly url: string;
  page(sid?: string): string;
  /** What agents need to be permitted. */
  readonly permissions: readonly string[];
}

const chatNames = (serviceSid: string): Names => ({
  type: "channel",
  url: `https://chat.twilio.com/v2/Services/${serviceSid}`,
  page: (sid) =>
    sid === undefined ? consolePage.chatService(serviceSid) : consolePage.role(serviceSid, sid),
  permissions: agentRole.permissions,
});

/** How Conversations names them: what it calls a conversation is Chat's channel. */
export const conversationNames = (serviceSid: string): Names => ({
  type: "conversation",
  url: `https://conversations.twilio.com/v1/Services/${serviceSid}`,
  page: () => consolePage.conversationService(serviceSid),
  permissions: agentRole.conversationPermissions,
});

/** How the role `agent` of a service differs from what Flex needs. */
export function agentRoleProblem(
  roles: readonly Role[],
  serviceSid: string,
  cleanUp: CleanUp,
  repair: Repair,
  names: Names = chatNames(serviceSid),
): Problem | undefined {
  const role = roles.find(({ friendlyName, type }) => friendlyName === "agent" && type === names.type);
  const what = names.type === "channel" ? ["Chat service", "chat"] : ["Service", "conversation"];
  if (role === undefined)
    return {
      cause: "agent-role-missing",
      sentence: `${what[0]} ${serviceSid} has no ${names.type} role "agent": nobody who accepts a task can join its ${what[1]}.`,
      fix: repair.or("Make it again with the seven standard permissions", ...agentRoleOf(serviceSid)),
      page: names.page(),
    };
  const { permissions: wanted } = names;
  const lacking = wanted.filter((permission) => !role.permissions.includes(permission));
  const extra = role.permissions.filter((one) => !wanted.includes(one));
  if (lacking.length + extra.length === 0) return undefined;
  const differences = [
    lacking.length > 0 ? `lacks ${lacking.join(", ")}` : "",
    extra.length > 0 ? `has ${extra.join(", ")} besides` : "",
  ].filter((part) => part !== "");
  return {
    cause: "agent-role-permissions",
    sentence: `The ${what[1]} role "agent" (${role.sid}) was changed: it ${differences.join(" and ")}.`,
    fix: repair.or("Give it the seven standard permissions again", role.sid),
    page: names.page(role.sid),
    command: cleanUp.change(
      `${names.url}/Roles/${role.sid}`,
      wanted.map((permission): [string, string] => ["Permission", permission]),
    ),
  };
}

/** What is wrong with the role of an agent who is in a channel. */
export function memberRoleProblem(
  { identity, roleSid, sid, serviceSid, channelSid }: MemberInstance,
  roles: readonly RoleInstance[],
  cleanUp: CleanUp,
): Problem | undefined {
  const role = roles.find((one) => one.sid === roleSid);
  if (role === undefined || flexRoles.includes(role.friendlyName)) return undefined;
  const agent = roles.find(({ friendlyName }) => friendlyName === "agent");
  return {
    cause: "agent-other-role",
    sentence: `${identity} is in chat channel ${channelSid} with the role "${role.friendlyName}" (${roleSid}) instead of "agent", and may do only what that permits.`,
    fix: "Give the member the role again:",
    page: consolePage.channel(serviceSid, channelSid),
    ...(agent !== undefined && {
      command: cleanUp.change(
        `https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}/Members/${sid}`,
        [["RoleSid", agent.sid]],
      ),
    }),
  };
}
