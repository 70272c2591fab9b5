import {
  type Configuration,
  configurationKey,
  defaults,
  type Orchestration,
  type TaskChannel,
} from "./configuration.ts";
import { isObject, Setting, SettingError } from "./setting.ts";

export interface Reading {
  readonly configuration: Configuration;
  /** What is there and means nothing, each with its place. */
  readonly warnings: readonly string[];
  /** What can't be used, each with its place. The part it is in is as if it were not there. */
  readonly errors: readonly string[];
}

/** The plugin's configuration, out of the `attributes` of the Flex Configuration. */
export function readConfiguration(attributes: unknown): Reading {
  const warnings: string[] = [];
  const errors: string[] = [];
  const all = isObject(attributes) ? attributes[configurationKey] : undefined;

  const part = <T>(setting: Setting, read: (setting: Setting) => T, fallback: T): T => {
    if (!setting.isSet) return fallback;
    try {
      return read(setting);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      errors.push(error.message);
      return fallback;
    }
  };
  const configuration = part<Configuration>(
    new Setting(all, configurationKey, warnings),
    (setting) => {
      const parts = setting.map("autoAccept", "taskChannels", "orchestration");
      return {
        autoAccept: part(parts.autoAccept, readAutoAccept, defaults.autoAccept),
        taskChannels: part(parts.taskChannels, readTaskChannels, defaults.taskChannels),
        orchestration: part(parts.orchestration, readOrchestration, defaults.orchestration),
      };
    },
    defaults,
  );
  return { configuration, warnings, errors };
}

function readAutoAccept(setting: Setting): Configuration["autoAccept"] {
  const { taskChannels } = setting.map("taskChannels");
  return taskChannels.isSet
    ? { taskChannels: taskChannels.list().map((name) => name.text()) }
    : defaults.autoAccept;
}

function readTaskChannels(setting: Setting): readonly TaskChannel[] {
  return setting.list().map((channel) => {
    const { name, channelType, label, icon, iconActive, color } = channel.map(
      "name",
      "channelType",
      "label",
      "icon",
      "iconActive",
      "color",
    );
    return {
      name: name.text(),
      ...(channelType.isSet && { channelType: channelType.text() }),
      // Flex takes a label for a template of HTML, in which braces stand for values of the task.
      ...(label.isSet && { label: label.text("a text without {}<>", (text) => /^[^{}<>]+$/.test(text)) }),
      ...(icon.isSet && { icon: icon.text() }),
      ...(iconActive.isSet && { iconActive: iconActive.text() }),
      ...(color.isSet && { color: color.text("a colour, e.g. #0B7A75", isColor) }),
    };
  });
}

const isColor = (text: string): boolean => /^(#([0-9a-f]{3,4}|([0-9a-f]{2}){3,4})|[a-z]+)$/i.test(text);

function readOrchestration(setting: Setting): Orchestration {
  const { kind, handlerUrl, tasks } = setting.map("kind", "handlerUrl", "tasks");
  return {
    kind: kind.isSet ? kind.oneOf("flex", "custom") : defaults.orchestration.kind,
    handlerUrl: handlerUrl.isSet
      ? handlerUrl.text(
          "empty or an https URL without user and password",
          (text) => text === "" || isSafeForTokens(text),
        )
      : defaults.orchestration.handlerUrl,
    tasks: tasks.isSet ? tasks.oneOf("all", "custom") : defaults.orchestration.tasks,
  };
}

/** Whether an agent's Flex token can be sent there: nobody can read it on the way. */
function isSafeForTokens(text: string): boolean {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  const isLoopback = /^(localhost|\[::1\]|127(\.\d+){3})$/.test(url.hostname);
  const isEncrypted = url.protocol === "https:" || (url.protocol === "http:" && isLoopback);
  return isEncrypted && url.username === "" && url.password === "";
}
