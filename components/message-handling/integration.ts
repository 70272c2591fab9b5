import * as pulumi from "@pulumi/pulumi";
import type { ConversationIntegrationArgs, IntegrationArgs } from "./args.ts";

export function autoCreation(args: ConversationIntegrationArgs) {
  if (args.type === "studio") return { type: "studio", studioFlowSid: args.flowSid };
  const { url, method = "POST", filters } = args;
  // Addresses alone have it in small letters.
  const webhookMethod = pulumi.output(method).apply((name) => name.toLowerCase());
  return { type: "webhook", webhookUrl: url, webhookMethod, webhookFilters: filters };
}

export function flexFlowIntegration(args: IntegrationArgs) {
  switch (args.type) {
    case "studio":
      return { integrationType: "studio", integration: { flowSid: args.flowSid } };
    case "external":
      return { integrationType: "external", integration: { url: args.url } };
    case "task": {
      const { workspaceSid, workflowSid, taskChannelSid, timeout, priority } = args;
      return {
        integrationType: "task",
        integration: { workspaceSid, workflowSid, channel: taskChannelSid, timeout, priority },
      };
    }
  }
}
