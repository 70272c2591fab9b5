import type * as pulumi from "@pulumi/pulumi";
import {
  defineFlow,
  makeHttpRequest,
  sendAndWaitForReply,
  sendMessage,
  sendToFlex,
  setVariables,
  splitBasedOn,
  trigger,
  type FlowDefinition,
} from "../../components/index.ts";

/** Looks the customer up, asks what it is about, and hands over: VIPs and nights have their own ways. */
export function supportFlow(sids: {
  inbound: pulumi.Input<string>;
  afterHours: pulumi.Input<string>;
  sms: pulumi.Input<string>;
}): FlowDefinition {
  const attributes = {
    skill: "{{flow.variables.skill}}",
    language: "{{widgets.Customer.parsed.language | default: 'en'}}",
    vip: "{{widgets.Customer.parsed.vip}}",
    // Back to the agent the customer knows, if the CRM names one.
    targetWorker: "{{widgets.Customer.parsed.agent}}",
  };
  return defineFlow(
    {
      Trigger: trigger({ incomingMessage: "Customer" }),
      Customer: makeHttpRequest(
        {
          method: "GET",
          url: "https://crm.example.com/customers",
          parameters: { phone: "{{trigger.message.ChannelAttributes.from}}" },
        },
        // A CRM that is down must not keep a customer from an agent.
        { success: "Hours", failed: "Hours" },
      ),
      Hours: splitBasedOn(
        {
          input: "{{'now' | date: '%H'}}",
          matches: [{ friendlyName: "At night", type: "less_than", value: "7", next: "Night" }],
        },
        { noMatch: "Question" },
      ),
      Question: sendAndWaitForReply(
        { body: "What is it about? 1 an invoice, 2 a return, 3 a problem, 4 an order", timeout: 300 },
        { incomingMessage: "Answer", timeout: "Support", deliveryFailure: "Support" },
      ),
      Answer: splitBasedOn(
        {
          input: "{{widgets.Question.inbound.Body}}",
          matches: [
            { type: "matches_any_of", value: "1,invoice", next: "Billing" },
            { type: "matches_any_of", value: "2,return", next: "Returns" },
            { type: "matches_any_of", value: "3,problem", next: "Support" },
            { type: "matches_any_of", value: "4,order", next: "Sales" },
          ],
        },
        { noMatch: "Support" },
      ),
      Billing: setVariables({ skill: "billing" }, { next: "Agent" }),
      Returns: setVariables({ skill: "returns" }, { next: "Agent" }),
      Support: setVariables({ skill: "support" }, { next: "Agent" }),
      Sales: setVariables({ skill: "sales" }, { next: "Agent" }),
      Agent: sendToFlex({ workflowSid: sids.inbound, taskChannelSid: sids.sms, attributes }),
      Night: sendMessage(
        { body: "We are back at seven; an agent answers then." },
        { sent: "NightAgent", failed: "NightAgent" },
      ),
      NightAgent: sendToFlex({
        workflowSid: sids.afterHours,
        taskChannelSid: sids.sms,
        attributes,
        timeout: 172_800,
      }),
    },
    { description: "Support: look up, ask, hand over" },
  );
}
