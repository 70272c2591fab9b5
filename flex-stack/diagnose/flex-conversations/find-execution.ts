import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import { studioFlowOf } from "../find-execution.ts";
import { tolerance } from "../journey.ts";
import { permitted } from "../permitted.ts";
import { autoCreationOf } from "../reads/conversations.ts";
import type { Reads } from "../reads/reads.ts";

/** How many executions are asked what began them. */
const maxAsked = 3;

interface Trail {
  readonly conversationSid: string;
  readonly conversation: ConversationInstance | undefined;
  readonly customer: string | undefined;
  readonly address: AddressConfigurationInstance | undefined;
}

/** The Studio execution that a conversation ran through, the newest when there were several. */
export async function findTalkExecution(trail: Trail, reads: Reads): Promise<ExecutionInstance | undefined> {
  const { conversationSid, conversation, customer, address } = trail;
  if (conversation === undefined) return undefined;
  const since = new Date(conversation.dateCreated.getTime() - tolerance);
  const said = new Set(
    ((await permitted(() => reads.conversations.messages(conversation))) ?? []).map(({ sid }) => sid),
  );
  for (const flowSid of await flowsOf(conversation, address, reads)) {
    const executions = await reads.studio.executions(flowSid, since);
    // Of the customer, who may have begun another conversation since; or, of a visitor, of the conversation.
    const own = executions.filter(
      ({ contactChannelAddress: contact }) => contact === conversationSid || contact === customer,
    );
    const begun = own.find(({ initiatedBy }) => said.has(initiatedBy));
    if (begun !== undefined) return begun;
    for (const execution of own.slice(0, maxAsked))
      if ((await conversationOf(execution, reads)) === conversationSid) return execution;
  }
  return undefined;
}

/** Studio flows that may have got a conversation: its webhooks', its Address's, the stack's. */
export async function flowsOf(
  conversation: ConversationInstance,
  address: AddressConfigurationInstance | undefined,
  reads: Reads,
): Promise<readonly string[]> {
  const webhooks = (await permitted(() => reads.conversations.webhooks(conversation))) ?? [];
  const named = [
    ...webhooks.map(({ configuration }) => studioFlowOf(configuration)),
    address && autoCreationOf(address).studio_flow_sid,
    ...reads.place.flowSids,
  ];
  return [...new Set(named.filter((sid) => sid !== undefined))];
}

/** The conversation that an execution was begun by. */
async function conversationOf(
  { flowSid, sid }: ExecutionInstance,
  reads: Reads,
): Promise<string | undefined> {
  const context = (await reads.studio.context(flowSid, sid))?.context as
    { trigger?: { conversation?: { ConversationSid?: string } } } | undefined;
  return context?.trigger?.conversation?.ConversationSid;
}
