import { whereaboutsOf, type Whereabouts } from "../../provider/access.ts";
import { shortName } from "../pulumi/stack-name.ts";
import { readDeployment, remoteResources, type DeployedResource } from "../state/deployment.ts";

/** What a command of Pulumi prints that only reads. */
export type AskPulumi = (...words: string[]) => Promise<string>;

/** A stack, and where its configuration leads as far as that is in plain sight. */
export interface Asking extends Pick<Whereabouts, "accountSid" | "endpoint"> {
  readonly project: string;
  readonly stack: string;
}

/** More stacks than these are not read one by one: what they are costs more than a preview. */
const mostRead = 10;

/**
 * The other stacks of the backend that may record objects in the account which a stack's configuration leads to. What
 * is not known is taken for the same account: whoever looks then finds out.
 *
 * @returns undefined where the backend does not say
 */
export async function sharingStacks(asking: Asking, ask: AskPulumi): Promise<string[] | undefined> {
  try {
    const listed = JSON.parse(await ask("stack", "ls", "--all", "--json")) as {
      name: string;
      resourceCount?: number;
    }[];
    const others = listed
      .filter(({ name, resourceCount }) => resourceCount !== 0 && !isSame(name, asking))
      .map(({ name }) => name);
    if (others.length > mostRead) return others;
    const found: string[] = [];
    for (const name of others) {
      const state = readDeployment(await ask("stack", "export", "--stack", name));
      if (mayBeIn(state, asking)) found.push(name);
    }
    return found;
  } catch {
    return undefined;
  }
}

function mayBeIn(state: readonly DeployedResource[], leads: Asking): boolean {
  if (remoteResources(state).length === 0) return false;
  const ways = state
    .filter(({ type }) => type === "pulumi:providers:twilio")
    .map(({ inputs }) => whereaboutsOf(inputs));
  return ways.some(
    ({ accountSid, endpoint }) =>
      addressOf(endpoint) === addressOf(leads.endpoint) &&
      (accountSid === undefined || leads.accountSid === undefined || accountSid === leads.accountSid),
  );
}

function addressOf(endpoint: string | undefined): string {
  return endpoint === undefined || !URL.canParse(endpoint) ? (endpoint ?? "") : new URL(endpoint).href;
}

/** Stacks of the same project may be listed without it. */
function isSame(name: string, { project, stack }: Asking): boolean {
  const parts = name.split("/");
  return shortName(name) === shortName(stack) && (parts.at(-2) ?? project) === project;
}
