import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError, unauthorized } from "../../kernel/errors.ts";
import type { Authenticate } from "../../kernel/authentication.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Person } from "../../kernel/request.ts";
import { attributesOf } from "../../products/taskrouter/stored/attributes.ts";
import { type Worker, worker } from "../../products/taskrouter/stored/kinds.ts";
import { configuration } from "../../products/flex/kinds.ts";
import { identityOf } from "../../products/flex/interactions/inviting.ts";

/** Somebody with a Flex token. */
export interface Agent {
  readonly accountSid: string;
  readonly identity: string;
  /** The chat service that the token is for, else Flex's own. */
  readonly serviceSid: string;
  /** Flex's workspace, and the agent's worker there; empty where there is none. */
  readonly workspaceSid: string;
  readonly workerSid: string;
}

/** Knows agents by their tokens: access tokens, which stand for the ones that Flex gives out at a login. */
export class Agents {
  readonly #kernel: Kernel;
  readonly #authenticate: Authenticate;

  constructor(kernel: Kernel, authenticate: Authenticate) {
    this.#kernel = kernel;
    this.#authenticate = authenticate;
  }

  /** @throws TwilioError 401 when the token is not good, 403 when it is nobody's who works in Flex */
  of(token: string): Agent {
    const principal = this.#authenticate("token", token);
    if (typeof principal === "string" || principal.person === undefined)
      throw unauthorized("Authentication Error - invalid token");
    const { accountSid, person } = principal;
    const agent = this.#kernel.transaction(accountSid, (context) => agentOf(context, person));
    if (agent.workerSid === "")
      throw new TwilioError(403, 20403, `Nobody works in Flex's workspace as ${agent.identity}`);
    return agent;
  }
}

/** Who a person is in Flex, where the token was looked at already. */
export function agentOf(context: Context, { identity, chatServiceSid }: Person): Agent {
  const settings = context.of(configuration).get(context.accountSid)?.fields.settings ?? {};
  const workspaceSid = textOf(settings["taskrouter_workspace_sid"]);
  return {
    accountSid: context.accountSid,
    identity,
    serviceSid: chatServiceSid ?? textOf(settings["chat_service_instance_sid"]),
    workspaceSid,
    workerSid: workerOf(context, workspaceSid, identity)?.sid ?? "",
  };
}

/** Flex's roles of an agent, which are the worker's. */
export function rolesOf(context: Context, workerSid: string): string[] {
  const { roles } = attributesOf(context.of(worker).get(workerSid)?.fields.attributes ?? "{}");
  const named = Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
  return named.length === 0 ? ["agent"] : named;
}

function workerOf(context: Context, workspaceSid: string, identity: string): Document<Worker> | undefined {
  return context
    .of(worker)
    .all(workspaceSid)
    .find(({ sid }) => identityOf(context, sid) === identity);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
