import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";
import { givenTaskChannels } from "./given-task-channels.ts";
import { pluginConfigurations } from "./plugin-configuration.ts";

export const pluginChannelsShown: Rule = {
  id: "plugin-shows-task-channels",
  severity: "medium",
  level: "advisory",
  description: "Custom task channels are shown by the Flex UI plugin that the stack configures.",
  why: "Flex UI shows a task of a channel it does not know without its conversation, and the agent has nothing to answer in.",
  fix: "Add the channel to attributes.flexMessaging.taskChannels of the Flex Configuration (the component writes it for every declared one), or take the channel out.",
  scope: "stack",
  check(plan, report) {
    for (const { resource, shown } of pluginConfigurations(plan)) {
      if (shown === undefined) continue;
      for (const { properties } of plan.of("twilio:taskrouter:TaskChannel")) {
        const name = textOf(properties.uniqueName);
        if (name !== undefined && !givenTaskChannels.includes(name) && !shown.includes(name))
          report(
            resource,
            "attributes.flexMessaging.taskChannels",
            `lacks ${name}, which the stack declares`,
          );
      }
    }
  },
};
