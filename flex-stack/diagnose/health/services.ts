import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Reads } from "../reads/reads.ts";
import type { Check } from "./check.ts";

/** The services that every message passes. */
export const services: Check = {
  name: "services",
  holds: "Flex, its workspace, and the services that messages pass are there.",
  async find({ reads, repair }) {
    const { place, account } = reads;
    if (place.hasFlex === false && place.workspaceSid === undefined)
      return [
        {
          cause: "no-flex",
          sentence: `Account ${account.accountSid} has no Flex: it has no Flex Configuration, and the stack provisioned nothing.`,
          fix: "Choose the stack of the right account with --stack, or create a Flex project in this one.",
        },
      ];
    const found: Problem[] = [];
    const missing = (cause: string, what: string, sid: string | undefined): void => {
      const sentence = `${what} ${sid ?? "of Flex"} does not exist.`;
      const fix = repair.or("It was deleted, or never was: set it up in the Flex console", sid);
      found.push({ cause, sentence, fix, page: consolePage.flexMessaging() });
    };
    const [workspace, chat, proxy] = await Promise.allSettled([
      reads.taskrouter.workspace(),
      reads.chat.service(),
      reads.proxy.service(),
    ]);
    if (isMissing(workspace)) missing("workspace-missing", "The workspace", place.workspaceSid);
    if (isMissing(chat)) missing("chat-service-missing", "The chat service", place.chatServiceSid);
    if (isMissing(proxy) && (await needsProxy(reads)))
      missing("proxy-service-missing", "The Proxy service", place.proxyServiceSid);
    // One that is missing counts more than one that could not be read, which other checks tell of too.
    const refused = [workspace, chat, proxy].find(({ status }) => status === "rejected");
    if (found.length === 0 && refused?.status === "rejected") throw refused.reason;
    return found;
  },
};

/** Whether texts pass Proxy: not in an account, or a stack, that has all of its numbers on Flex Conversations. */
async function needsProxy(reads: Reads): Promise<boolean> {
  if (reads.place.proxyServiceSid !== undefined) return true;
  return (await reads.flex.flows()).some(({ channelType, enabled }) => enabled && channelType !== "web");
}

function isMissing(looked: PromiseSettledResult<unknown>): boolean {
  return looked.status === "fulfilled" && looked.value === undefined;
}
