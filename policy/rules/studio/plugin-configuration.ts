import { isJsonObject } from "../../../routing/index.ts";
import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";

/** What the stack tells its Flex UI plugin about task channels, as far as that is known. */
export interface PluginConfiguration {
  /** The Flex Configuration whose attributes hold it. */
  readonly resource: PlannedResource;
  /** Task channels that it shows as chats, and whose tasks it accepts, by unique name. */
  readonly uses: readonly { readonly path: string; readonly channel: string }[];
  /** Unique names of those that it shows; undefined where they are not all known. */
  readonly shown: readonly string[] | undefined;
}

/** Where the plugin reads its configuration; see plugin/README.md. */
const key = "flexMessaging";

/** The plugin's configuration in the Flex Configuration's attributes; none where no stack writes it. */
export function pluginConfigurations(plan: Plan): PluginConfiguration[] {
  return plan.of("twilio:flex:Configuration").flatMap((resource) => {
    const attributes: unknown = resource.properties.attributes;
    const plugin: unknown = isJsonObject(attributes) ? attributes[key] : undefined;
    if (!isJsonObject(plugin)) return [];
    const { taskChannels, autoAccept } = plugin as { taskChannels?: unknown; autoAccept?: unknown };
    const path = `attributes.${key}`;
    const shown = listOf(taskChannels).map((each) => (isJsonObject(each) ? textOf(each["name"]) : undefined));
    const accepted = listOf(isJsonObject(autoAccept) ? autoAccept["taskChannels"] : undefined).map(textOf);
    const uses = [
      ...shown.map((channel, index) => ({ path: `${path}.taskChannels[${index}].name`, channel })),
      ...accepted.map((channel, index) => ({ path: `${path}.autoAccept.taskChannels[${index}]`, channel })),
    ];
    return [
      {
        resource,
        uses: uses.flatMap(({ channel, ...use }) => (channel === undefined ? [] : [{ ...use, channel }])),
        shown: Array.isArray(taskChannels) && shown.every((name) => name !== undefined) ? shown : undefined,
      },
    ];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
