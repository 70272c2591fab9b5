import { invalid } from "../../kernel/errors.ts";

export type IntegrationType = "studio" | "external" | "task";

/** What happens to the messages of a Flex Flow; each type of integration has some of these. */
export interface Integration {
  flow_sid?: string | null;
  url?: string | null;
  workspace_sid?: string | null;
  workflow_sid?: string | null;
  channel?: string | null;
  /** In seconds. */
  timeout?: number;
  priority?: number;
  creation_on_message?: boolean;
  retry_count?: number;
}

/**
 * What a type of integration keeps of what is given, with its defaults.
 *
 * @throws TwilioError 45210 when the type or a part that it needs is missing. The API's document requires no type but
 * knows no flow without one either; refusing is the safe side: what works here must work there.
 */
export function complete(type: IntegrationType | null, given: Integration): Integration {
  const { retry_count = 3 } = given;
  switch (type) {
    case "studio":
      return { flow_sid: required(given.flow_sid, "Integration.FlowSid", type), retry_count };
    case "external":
      return { url: required(given.url, "Integration.Url", type), retry_count };
    case "task":
      return {
        workspace_sid: required(given.workspace_sid, "Integration.WorkspaceSid", type),
        workflow_sid: required(given.workflow_sid, "Integration.WorkflowSid", type),
        channel: given.channel ?? "default",
        timeout: given.timeout ?? 86_400,
        priority: given.priority ?? 0,
        creation_on_message: given.creation_on_message ?? false,
      };
    case null:
      throw invalid("Flex Flow creation failed: IntegrationType is required", 45210);
  }
}

function required(value: string | null | undefined, name: string, type: IntegrationType): string {
  if (value === null || value === undefined)
    throw invalid(`Flex Flow creation failed: integration type ${type} requires ${name}`, 45210);
  return value;
}
