import { isSid } from "../../provider/access.ts";
import { Failure } from "../failure/failure.ts";
import type { TwilioAccount } from "../account/account.ts";
import { foundOrGone } from "../account/answer.ts";
import { openingOf } from "./address-opening.ts";
import { withSharedNames, type FoundAccount } from "./found-account.ts";
import { definitionOf, describe, findAll, findOne, found, textOf, type Found, type Place } from "./found.ts";

/** Most items that Twilio gives at once: TaskRouter, Flex, Studio and the account's numbers; chat and Proxy. */
const page = 1000;
const smallPage = 100;
/** Addresses and roles of Conversations. */
const smallestPage = 50;

/** The Studio flow that Flex makes for messages. */
export const flexFlowName = "Messaging Flow";

/** Where a number goes that nobody gave a handler. */
const demoHandler = /^https?:\/\/demo\.twilio\.com\//;

/**
 * Reads what an account has of messaging with Flex, starting from its Flex Configuration.
 *
 * @throws Failure when the account has no Flex
 */
export async function readAccount({ client, accountSid }: TwilioAccount): Promise<FoundAccount> {
  const at = (token: string, parents: Record<string, string> = {}): Place => ({
    client,
    accountSid,
    token: `twilio:${token}`,
    parents,
  });
  const configuration = await foundOrGone(() => findOne(at("flex:Configuration"), ""));
  if (configuration === undefined) throw withoutFlex(accountSid);
  const workspaceSid = textOf(configuration.response, "taskrouterWorkspaceSid");
  const chatSid = textOf(configuration.response, "chatServiceInstanceSid");
  if (workspaceSid === "") throw notSetUp(configuration);

  const inWorkspace = { workspaceSid };
  const [
    workspaces,
    activities,
    taskChannels,
    queues,
    workflows,
    chats,
    proxies,
    flexFlows,
    flows,
    numbers,
    everyAddress,
    accountWebhooks,
  ] = await Promise.all([
    findAll(at("taskrouter:Workspace"), page),
    foundOrGone(() => findAll(at("taskrouter:Activity", inWorkspace), page)),
    foundOrGone(() => findAll(at("taskrouter:TaskChannel", inWorkspace), page)),
    foundOrGone(() => findAll(at("taskrouter:TaskQueue", inWorkspace), page)),
    foundOrGone(() => findAll(at("taskrouter:Workflow", inWorkspace), page)),
    findAll(at("chat:Service"), smallPage),
    findAll(at("proxy:Service"), smallPage),
    findAll(at("flex:FlexFlow"), page),
    findAll(at("studio:Flow"), page),
    findAll(at("api:IncomingPhoneNumber"), page),
    findAll(at("conversations:Address"), smallestPage),
    findOne(at("conversations:ConfigurationWebhooks"), ""),
  ]);
  const workspace = workspaces.find(({ sid }) => sid === workspaceSid);
  if (workspace === undefined) throw workspaceGone(workspaceSid);
  const asChat = chats.find(({ sid }) => sid === chatSid);
  const proxy = asChat && proxies.find(({ response }) => response["chatInstanceSid"] === asChat.sid);
  const alone = proxy === undefined && everyAddress.length > 0;
  const addresses = everyAddress.filter(({ response }) => textOf(response, "type") !== "chat");
  const product = alone ? "conversations" : "chat";

  const usedFlows = new Set([
    ...flexFlows.flatMap((flow) => integrationSid(flow, "flow_sid") ?? []),
    ...addresses.flatMap((address) => openingOf(address)?.studioFlowSid ?? []),
    ...flows.filter(({ name }) => name === flexFlowName).map(({ sid }) => sid),
  ]);
  const inService = (token: string) => asChat && findOne(at(token, { serviceSid: asChat.sid }), "");
  // Lists of flows come without their definitions.
  const [chat, roles, conversations, webhooks, service, notifications, pool, ...definitions] =
    await Promise.all([
      alone && asChat ? findOne(at("conversations:Service"), asChat.sid) : asChat,
      asChat
        ? findAll(at(`${product}:Role`, { serviceSid: asChat.sid }), alone ? smallestPage : smallPage)
        : [],
      asChat && findOne(at("conversations:Configuration"), ""),
      inService("conversations:ServiceWebhooks"),
      inService("conversations:ServiceConfiguration"),
      inService("conversations:ServiceNotifications"),
      proxy ? findAll(at("proxy:PhoneNumber", { serviceSid: proxy.sid }), smallPage) : [],
      ...flows.filter(({ sid }) => usedFlows.has(sid)).map(({ sid }) => findOne(at("studio:Flow"), sid)),
    ]);
  const isOurs = numberFilter(flexFlows, addresses, pool);

  return {
    accountSid,
    configuration,
    workspace,
    settings: settingsOf(workspace, accountSid),
    activities: activities ?? [],
    taskChannels: taskChannels ?? [],
    queues: queues ?? [],
    workflows: workflows ?? [],
    chat,
    roles,
    proxy,
    pool,
    flexFlows,
    conversations: {
      addresses,
      configuration: conversations,
      accountWebhooks,
      webhooks,
      service,
      notifications,
    },
    flows: definitions,
    numbers: numbers.filter(isOurs),
    shared: new Set(
      [
        workspaces,
        activities,
        taskChannels,
        queues,
        workflows,
        chats,
        roles,
        proxies,
        flexFlows,
        flows,
        addresses,
      ].flatMap((list) => withSharedNames(list ?? [])),
    ),
    outside: [
      ...others(workspaces, [workspace], "not the workspace of the Flex Configuration"),
      ...others(chats, asChat ? [asChat] : [], "not the chat service of the Flex Configuration"),
      ...others(proxies, proxy ? [proxy] : [], "not linked to the chat service of Flex"),
      ...others(flows, definitions, "no Flex Flow or Address sends conversations through it"),
      ...others(everyAddress, addresses, "of web chats, which Flex makes"),
      ...others(numbers, numbers.filter(isOurs), "neither Flex nor a handler of its own gets its messages"),
    ],
  };
}

/** A SID in the integration of a Flex Flow. */
export function integrationSid({ response }: Found, property: string): string | undefined {
  const { integration } = response;
  if (typeof integration !== "object" || integration === null || Array.isArray(integration)) return undefined;
  const sid = integration[property];
  return typeof sid === "string" && sid !== "" ? sid : undefined;
}

/** The workspace, seen as the settings that point at activities inside it. */
function settingsOf({ sid, response }: Found, accountSid: string): Found {
  const place = { accountSid, parents: { workspaceSid: sid } };
  return found(place, definitionOf("twilio:taskrouter:WorkspaceSettings"), response);
}

/** Whether a number has to do with messages: Flex has it, or somebody handles what comes in. */
function numberFilter(
  flexFlows: readonly Found[],
  addresses: readonly Found[],
  pool: readonly Found[],
): (number: Found) => boolean {
  const identities = new Set([
    ...flexFlows.map(({ response }) => textOf(response, "contactIdentity")),
    ...addresses.map(({ response }) => textOf(response, "address")),
  ]);
  const pooled = new Set(pool.map(({ sid }) => sid));
  return ({ sid, response }) => {
    const smsUrl = textOf(response, "smsUrl");
    return (
      pooled.has(sid) ||
      identities.has(textOf(response, "phoneNumber")) ||
      textOf(response, "smsApplicationSid") !== "" ||
      (smsUrl !== "" && !demoHandler.test(smsUrl))
    );
  };
}

function others(all: readonly Found[], part: readonly Found[], why: string): string[] {
  const known = new Set(part.map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id)).map((resource) => `${describe(resource)}: ${why}`);
}

function withoutFlex(accountSid: string): Failure {
  return new Failure({
    what: `Account ${accountSid} has no Flex.`,
    why: "Twilio knows no Flex Configuration of it.",
    fix: "Check twilio:accountSid, or set Flex up in the Twilio Console first.",
  });
}

function notSetUp({ response }: Found): Failure {
  return new Failure({
    what: "The Flex Configuration names no TaskRouter workspace, so there is nothing to start from.",
    why: `The set-up of Flex is "${textOf(response, "status") || "unknown"}".`,
    fix: "Finish it in the Twilio Console; then run this again.",
  });
}

function workspaceGone(sid: string): Failure {
  const what = isSid(sid, "WS") ? `the workspace ${sid}` : JSON.stringify(sid);
  return new Failure({
    what: `The Flex Configuration names ${what}, which the account does not have.`,
    why: "It was deleted, or it is in another account.",
    fix: "Point the Flex Configuration at a workspace that is there; then run this again.",
  });
}
