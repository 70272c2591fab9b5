import { answerOf, foundOrGone } from "../account/answer.ts";
import type { TwilioAccount } from "../account/account.ts";
import type { Provisioned } from "./provisioned.ts";

/** Where a stack's messages travel: the services they pass. What is not known is undefined. */
export interface Place {
  readonly workspaceSid: string | undefined;
  readonly chatServiceSid: string | undefined;
  readonly proxyServiceSid: string | undefined;
  /** Studio flows of the stack. */
  readonly flowSids: readonly string[];
  /** Where that is known from. */
  readonly source: "stack" | "Flex Configuration";
  /** The account has Flex; undefined when that was not looked up. */
  readonly hasFlex?: boolean;
}

/** From the state of the stack; for a stack that has none, from the account's Flex Configuration. */
export async function findPlace(account: TwilioAccount, resources: readonly Provisioned[]): Promise<Place> {
  const sids = (type: string): string[] => resources.filter((one) => one.type === type).map(({ sid }) => sid);
  const workspaceSid = sids("twilio:taskrouter:Workspace")[0];
  const chatServiceSid = [...sids("twilio:chat:Service"), ...sids("twilio:conversations:Service")][0];
  const proxyServiceSid = sids("twilio:proxy:Service")[0];
  const flowSids = sids("twilio:studio:Flow");
  if (workspaceSid !== undefined && chatServiceSid !== undefined)
    return { workspaceSid, chatServiceSid, proxyServiceSid, flowSids, source: "stack" };
  return fromFlex(account);
}

async function fromFlex({ client }: TwilioAccount): Promise<Place> {
  const configuration = await foundOrGone(() => client.flexApi.v1.configuration().fetch());
  const chatServiceSid = configuration?.chatServiceInstanceSid || undefined;
  // The Flex Proxy service is the one that belongs to Flex's chat service.
  const services =
    chatServiceSid === undefined
      ? undefined
      : await answerOf(() => client.proxy.v1.services.list({ limit: 100, pageSize: 100 }));
  const proxyServices = services?.kind === "found" ? services.value : [];
  return {
    workspaceSid: configuration?.taskrouterWorkspaceSid || undefined,
    chatServiceSid,
    proxyServiceSid: proxyServices.find((service) => service.chatInstanceSid === chatServiceSid)?.sid,
    flowSids: [],
    source: "Flex Configuration",
    hasFlex: configuration !== undefined,
  };
}
