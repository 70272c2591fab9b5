import { isJsonObject } from "../../../routing/index.ts";
import type { Plan, PlannedResource } from "../../planned.ts";
import type { Rule } from "../../rule.ts";
import { textOf, UNKNOWN } from "../../unknown.ts";
import { givenTaskChannels } from "./given-task-channels.ts";
import { pluginConfigurations } from "./plugin-configuration.ts";
import { statesOf } from "./states.ts";

export const taskChannelsExist: Rule = {
  id: "task-channels-exist",
  severity: "high",
  level: "mandatory",
  description: "Task channels that flows and the Flex UI plugin name are declared.",
  why: "Studio and Flex make no task for a channel that is not in the workspace, and the customer waits; what the plugin says of it shows nowhere.",
  fix: "Declare a TaskChannel of that name (routing.taskChannels in the configuration of the stack), or name another one.",
  scope: "stack",
  check(plan, report) {
    if (plan.of("twilio:taskrouter:Workspace").length === 0) return;
    const declared = plan.of("twilio:taskrouter:TaskChannel").map(({ properties }) => properties.uniqueName);
    if (declared.includes(UNKNOWN)) return;
    for (const { resource, path, channel } of usesOf(plan))
      if (!isSid(channel) && !givenTaskChannels.includes(channel) && !declared.includes(channel))
        report(resource, path, `is ${channel}, and there is no task channel of that name`);
  },
};

interface Use {
  resource: PlannedResource;
  path: string;
  channel: string;
}

/** Task channels that Flex Flows, Studio flows and the Flex UI plugin name, as far as they are known. */
function usesOf(plan: Plan): Use[] {
  const flexFlows = plan
    .of("twilio:flex:FlexFlow")
    .filter(({ properties }) => properties.integrationType === "task")
    .map((resource) => ({
      resource: resource,
      path: "integration.channel",
      channel: (resource.properties.integration as { channel?: unknown } | undefined)?.channel,
    }));
  const steps = plan.of("twilio:studio:Flow").flatMap((resource) =>
    statesOf(resource.properties.definition).flatMap(({ type, properties }, index) =>
      type === "send-to-flex"
        ? [
            {
              resource: resource,
              path: `definition.states[${index}].properties.channel`,
              channel: isJsonObject(properties) ? (properties.channel as unknown) : undefined,
            },
          ]
        : [],
    ),
  );
  const named = [...flexFlows, ...steps].flatMap(({ channel, ...use }) => {
    const known = textOf(channel);
    return known === undefined || known.includes("{{") ? [] : [{ ...use, channel: known }];
  });
  const plugin = pluginConfigurations(plan).flatMap(({ resource, uses }) =>
    uses.map((use) => ({ resource, ...use })),
  );
  return [...named, ...plugin];
}

const isSid = (text: string): boolean => /^TC[0-9a-f]{32}$/.test(text);
