import { Failure } from "../failure/failure.ts";
import type { StackRun } from "../session/stack-run.ts";
import { requireHere } from "../whereabouts/require-here.ts";
import { accessToken } from "./access-token.ts";
import { localAccount } from "./local-account.ts";
import { openFlexUi } from "./open-flex-ui.ts";
import { unexpected } from "./refusal.ts";
import { TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/** Who an agent's desktop is for, and where it finds the local Twilio. */
export interface DesktopAgent {
  readonly name: string;
  /** `http://127.0.0.1:4100` */
  readonly localTwilio: string;
  /** What a page gets when it is loaded; its token is good for four hours of the local Twilio's time. */
  session(): Promise<{
    readonly accountSid: string;
    readonly token: string;
    readonly identity: string;
    readonly roles: readonly string[];
    readonly workerSid: string;
    readonly expires: number;
  }>;
}

const lifetime = 4 * 60 * 60 * 1000;

/**
 * Finds an agent of a stack on its local Twilio.
 *
 * @param worker a worker's name or SID; undefined: the workspace's first
 * @throws Failure when the stack is on no local Twilio, or has no such worker
 */
export async function desktopAgent(stackRun: StackRun, worker: string | undefined): Promise<DesktopAgent> {
  try {
    const account = localAccount(stackRun);
    await requireHere(stackRun, (await stackRun.session.deployed()) ?? []);
    const http = new TwilioHttp(account, stackRun.signal);
    const { agent, chatServiceSid } = await openFlexUi(
      http,
      worker ?? (await firstWorker(http)),
      "Name one of those with --agent.",
    );
    const { identity, roles, workerSid, name } = agent;
    return {
      name,
      localTwilio: account.url,
      async session() {
        const { now } = await http.send<{ now: string }>({ method: "GET", url: "/_emulator/clock" });
        const time = Date.parse(now);
        const token = accessToken(account, { identity, chatServiceSid }, time);
        const { accountSid } = account;
        return { accountSid, token, identity, roles, workerSid, expires: time + lifetime };
      },
    };
  } catch (error) {
    throw error instanceof TwilioRefusal ? unexpected(error) : error;
  }
}

async function firstWorker(http: TwilioHttp): Promise<string> {
  const { taskrouter_workspace_sid: workspaceSid } = await http.send<{
    taskrouter_workspace_sid: string | null;
  }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/Configuration",
  });
  const { workers } = await http.send<{ workers: { friendly_name: string }[] }>({
    method: "GET",
    url: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers?PageSize=1`,
  });
  const [first] = workers;
  if (first !== undefined) return first.friendly_name;
  throw new Failure({
    what: "Nobody works in Flex's workspace.",
    why: "A desktop is an agent's.",
    fix: "Name workers in flex-messaging:routing, and run flex-stack up.",
  });
}
