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
 * @throws TwilioError 45210 when a part is missing, or the type where no part tells it. The API's document requires no
 * type but knows no flow without one either; refusing is the safe side: what works here must work there.
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
      throw invalid(
        "Flex Flow creation failed: IntegrationType is required, or a part of an integration that tells it: " +
          "Integration.FlowSid, Integration.Url, or Integration.WorkspaceSid and Integration.WorkflowSid",
        45210,
      );
  }
}

/**
 * The type that the given parts tell, where none is named: Twilio's own Terraform provider creates flows with nothing but
 * `Integration.FlowSid`. Null where no part or those of several types are given.
 */
export function typeOf({ flow_sid, url, workspace_sid, workflow_sid }: Integration): IntegrationType | null {
  const given = (part: string | null | undefined): boolean => part !== undefined && part !== null;
  const types: IntegrationType[] = [
    ...(given(flow_sid) ? (["studio"] as const) : []),
    ...(given(url) ? (["external"] as const) : []),
    ...(given(workspace_sid) || given(workflow_sid) ? (["task"] as const) : []),
  ];
  return types.length === 1 ? (types[0] ?? null) : null;
}

function required(value: string | null | undefined, name: string, type: IntegrationType): string {
  if (value === null || value === undefined)
    throw invalid(`Flex Flow creation failed: integration type ${type} requires ${name}`, 45210);
  return value;
}
