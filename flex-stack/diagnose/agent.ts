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

/** How the role `agent` of a chat service differs from what Flex needs. */
export function agentRoleProblem(
  roles: readonly RoleInstance[],
  serviceSid: string,
  cleanUp: CleanUp,
  repair: Repair,
): Problem | undefined {
  const role = roles.find(({ friendlyName, type }) => friendlyName === "agent" && type === "channel");
  if (role === undefined)
    return {
      cause: "agent-role-missing",
      sentence: `Chat service ${serviceSid} has no channel role "agent": nobody who accepts a task can join its chat.`,
      fix: repair.or("Make it again with the seven standard permissions", agentRoleOf(serviceSid)),
      page: consolePage.chatService(serviceSid),
    };
  const lacking = agentRole.permissions.filter((permission) => !role.permissions.includes(permission));
  const extra = role.permissions.filter(
    (one) => !agentRole.permissions.some((permission) => permission === one),
  );
  if (lacking.length + extra.length === 0) return undefined;
  const differences = [
    lacking.length > 0 ? `lacks ${lacking.join(", ")}` : "",
    extra.length > 0 ? `has ${extra.join(", ")} besides` : "",
  ].filter((part) => part !== "");
  return {
    cause: "agent-role-permissions",
    sentence: `The chat role "agent" (${role.sid}) was changed: it ${differences.join(" and ")}.`,
    fix: repair.or("Give it the seven standard permissions again", role.sid),
    page: consolePage.role(serviceSid, role.sid),
    command: cleanUp.change(
      `https://chat.twilio.com/v2/Services/${serviceSid}/Roles/${role.sid}`,
      agentRole.permissions.map((permission): [string, string] => ["Permission", permission]),
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
