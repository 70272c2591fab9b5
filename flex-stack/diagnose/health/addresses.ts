import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { addressDisabled, addressProblem } from "../flex-conversations/address-problem.ts";
import { isUnhandled, serviceOf } from "../flex-conversations/collect-talk.ts";
import { openingHookProblem } from "../flex-conversations/opening-hook.ts";
import { autoCreationOf, opens } from "../reads/conversations.ts";
import { conversationsSettings } from "../repair.ts";
import type { Account, Check } from "./check.ts";

/** Addresses that open nothing, or conversations that nobody hears of or nothing ends. */
export const addresses: Check = {
  name: "addresses",
  holds:
    "Every Address opens conversations in Flex's service, leads them to a flow or URL that is there, and they end by themselves.",
  async find(account) {
    const all = await account.reads.conversations.addresses();
    const opening = all.filter(opens);
    const found: Problem[] = [];
    for (const address of all) {
      const problem = opens(address)
        ? ((await addressProblem(account, address)) ?? (await handlerProblem(account, address)))
        : await disabledProblem(account, address);
      if (problem !== undefined) found.push(problem);
    }
    if (opening.length === 0) return found;
    found.push(...(await hookProblems(account, opening)));
    const timer = await timerProblem(account);
    return timer === undefined ? found : [...found, timer];
  },
};

/** One that is off is in order where somebody else gets the number's texts: it is a record then. */
async function disabledProblem(
  account: Account,
  address: AddressConfigurationInstance,
): Promise<Problem | undefined> {
  const numbers = await account.reads.messaging.numbers();
  const own = numbers.find(({ phoneNumber }) => phoneNumber === address.address);
  return own !== undefined && isUnhandled(own) ? addressDisabled(account, address) : undefined;
}

async function handlerProblem(
  { reads, repair }: Account,
  address: AddressConfigurationInstance,
): Promise<Problem | undefined> {
  const { type, studio_flow_sid: flowSid } = autoCreationOf(address);
  const which = `The Address ${address.sid} of ${address.address}`;
  const page = consolePage.flexMessaging();
  if (type === "webhook") return undefined;
  if (type !== "studio")
    return {
      cause: "address-without-handler",
      sentence: `${which} opens conversations and has nobody told of them: no flow and no webhook.`,
      fix: repair.or("Let it lead to a Studio flow or a webhook", address.sid),
      page,
    };
  const flow = flowSid === undefined ? undefined : await reads.studio.flow(flowSid);
  if (flow === undefined)
    return {
      cause: "flow-missing",
      sentence: `${which} leads to the Studio flow ${flowSid ?? "(none)"}, which does not exist.`,
      fix: repair.or("Point the Address to the right flow", address.sid),
      page,
    };
  if (flow.status !== "published" && flow.revision === 1)
    return {
      cause: "flow-unpublished",
      sentence: `${which} leads to the Studio flow ${flow.friendlyName} (${flow.sid}), which was never published.`,
      fix: repair.or("Publish it in Studio", address.sid, flow.sid),
      page: consolePage.flow(flow.sid),
    };
  return undefined;
}

/** Each service of Addresses is looked at once. */
async function hookProblems(
  account: Account,
  opening: readonly AddressConfigurationInstance[],
): Promise<Problem[]> {
  const sids = await Promise.all(opening.map((one) => serviceOf(autoCreationOf(one), account.reads)));
  const services = [...new Set(sids.filter((sid) => sid !== undefined))];
  const found = await Promise.all(services.map((sid) => openingHookProblem(account, sid)));
  return found.filter((problem) => problem !== undefined);
}

/** What most accounts are best served by: a day without a word. */
const usualTimer = "P1D";

/** A conversation whose task went without closing it keeps its pair for ever, unless a timer ends it. */
async function timerProblem({ reads, repair, cleanUp }: Account): Promise<Problem | undefined> {
  if ((await reads.conversations.configuration())?.defaultClosedTimer) return undefined;
  return {
    cause: "closed-timer-missing",
    sentence:
      "The account has no default closed timer: a conversation whose task goes without closing it holds the customer's pair of numbers for ever, and nobody sees what they write.",
    fix: repair.or("Set one, such as a day", conversationsSettings),
    page: consolePage.conversationsDefaults(),
    command: cleanUp.change("https://conversations.twilio.com/v1/Configuration", [
      ["DefaultClosedTimer", usualTimer],
    ]),
  };
}
