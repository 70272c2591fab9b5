import * as pulumi from "@pulumi/pulumi";
import type { Keyed } from "../keyed.ts";

/** What the Flex UI plugin does in agents' browsers. */
export interface FlexPluginArgs {
  /** Tasks that are accepted by themselves when their attribute `autoAnswer` is true. @default none */
  autoAccept?: {
    /** Keys of the task channels such tasks may be on. @default none */
    taskChannels?: string[];
  };
  /** How the tasks of custom task channels are known and look, by key of the channel. @default as chats */
  taskChannels?: Keyed<FlexPluginTaskChannelArgs>;
  /** Where any number is of kind `custom`: what happens in place of Flex UI's own orchestrations. */
  orchestration?: {
    /**
     * Called when an agent has accepted a task, and before it is wrapped up or completed; https, or http on the
     * agent's machine. It gets the agent's Flex token. @default nobody
     */
    handlerUrl?: pulumi.Input<string>;
  };
}

export interface FlexPluginTaskChannelArgs {
  /** Tasks of this `channelType` are of the channel as well, whatever task channel they are on. @default none */
  channelType?: pulumi.Input<string>;
  /** What agents read when a task comes in, and above the conversation. @default the channel's name */
  label?: pulumi.Input<string>;
  /** Name of an icon of Flex, e.g. `Sms`. @default "Message" */
  icon?: pulumi.Input<string>;
  /** Name of the icon while the task is open. @default `icon`, or "MessageBold" */
  iconActive?: pulumi.Input<string>;
  /** `#0B7A75`, or the name of a colour in CSS. @default as for chats */
  color?: pulumi.Input<string>;
}

/** What the plugin has to know of the rest of the stack. */
export interface PluginSurroundings {
  /** The stack's task channels, by unique name. */
  taskChannels: Keyed<{ friendlyName: pulumi.Input<string> }>;
  /** Who gets the messages of each number. */
  kinds: readonly ("flex" | "conversations" | "custom")[];
}

/** Task channels that every workspace has, and that Flex UI knows how to show. */
const flexTaskChannels = ["default", "chat", "sms", "voice", "video"];

/**
 * The `attributes` of the Flex Configuration that the plugin reads. Whatever is not set is written as a default: keys
 * that are left out would stay as an earlier configuration left them.
 */
export function pluginAttributes(
  { autoAccept, taskChannels: appearances = {}, orchestration }: FlexPluginArgs,
  { taskChannels, kinds }: PluginSurroundings,
) {
  const custom = Object.entries(taskChannels).filter(([name]) => !flexTaskChannels.includes(name));
  const names = custom.map(([name]) => name);
  const stranger = Object.keys(appearances).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new pulumi.RunError(
      `The plugin has "${stranger}", which is no custom task channel (declared: ${names.join(", ") || "none"}).`,
    );
  const isCustom = kinds.includes("custom");
  return {
    flexMessaging: {
      autoAccept: { taskChannels: autoAccept?.taskChannels ?? [] },
      taskChannels: custom.map(([name, { friendlyName }]) => ({
        name,
        label:
          typeof friendlyName === "string"
            ? asLabel(friendlyName)
            : pulumi.output(friendlyName).apply(asLabel),
        ...appearances[name],
      })),
      orchestration: {
        kind: isCustom ? "custom" : "flex",
        handlerUrl: (isCustom && orchestration?.handlerUrl) || "",
        // Flex UI goes on with the tasks that its own message handling makes. Those of Flex Conversations the plugin leaves
        // alone in any case.
        tasks: isCustom && kinds.includes("flex") ? "custom" : "all",
      },
    },
  };
}

/** Flex takes labels for templates of HTML. */
function asLabel(name: string): string {
  return name.replaceAll(/[{}<>]/g, "");
}
