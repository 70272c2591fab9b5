import type { TaskChannel } from "../configuration/configuration.ts";
import type { Flex, FlexTask } from "../flex.ts";
import type { Report } from "../report.ts";

/**
 * Has Flex show the tasks of custom task channels as chats. Where a task is of several, the first one counts; those
 * that Flex or other plugins have registered come after all of these.
 */
export function registerTaskChannels(flex: Flex, channels: readonly TaskChannel[], report: Report): void {
  const names = new Set(flex.TaskChannels.getRegistered().map(({ name }) => name));
  const own: TaskChannel[] = [];
  for (const channel of channels) {
    if (names.has(channel.name)) {
      report.warn(`task channel ${channel.name} is registered already, and is left as it is`);
    } else {
      names.add(channel.name);
      own.push(channel);
    }
  }
  // Flex puts the one registered last first.
  for (const channel of own.reverse()) flex.TaskChannels.register(definitionOf(flex, channel));
}

/** Whether a task is of a custom task channel. */
export function isOfChannel({ name, channelType }: TaskChannel, task: FlexTask): boolean {
  return (
    task.taskChannelUniqueName === name || (channelType !== undefined && task.channelType === channelType)
  );
}

function definitionOf(flex: Flex, channel: TaskChannel) {
  const { name, label, icon, iconActive = icon, color } = channel;
  const definition = flex.DefaultTaskChannels.createChatTaskChannel(
    name,
    (task) => isOfChannel(channel, task),
    icon,
    iconActive,
    color,
    label,
  );
  if (label !== undefined)
    definition.templates = { ...definition.templates, TaskCanvasTabs: { contentTabHeader: label } };
  return definition;
}
