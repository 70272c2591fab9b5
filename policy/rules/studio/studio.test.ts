import type { Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { pluginChannelsShown } from "./plugin-channels-shown.ts";
import { taskChannelsExist } from "./task-channels-exist.ts";

const channel = (name: unknown) => (resources: Centre) => {
  const { definition } = at(resources, "flow").properties as {
    definition: { states: { properties: { channel?: unknown } }[] };
  };
  definition.states[2]!.properties.channel = name;
};
const task = (name: unknown) => set("main-flow", { integrationType: "task", integration: { channel: name } });

const plugin = (taskChannels: unknown, accepted: unknown = []) =>
  set("configuration", {
    attributes: { other: 1, flexMessaging: { taskChannels, autoAccept: { taskChannels: accepted } } },
  });

testRule(taskChannelsExist, [
  [
    "the plugin shows one that is not there",
    plugin([{ name: "partner" }, { name: "partners" }]),
    [
      "configuration.attributes.flexMessaging.taskChannels[1].name is partners, and there is no task channel of that name",
    ],
  ],
  [
    "the plugin accepts tasks of one that is not there",
    plugin([], ["chat", "partners"]),
    [
      "configuration.attributes.flexMessaging.autoAccept.taskChannels[1] is partners, and there is no task channel of that name",
    ],
  ],
  ["what the plugin names is not known yet", plugin(UNKNOWN, [UNKNOWN]), []],
  ["what the plugin has is no list", plugin("partners", "partners"), []],
  [
    "a step of a flow names one that is not there",
    channel("partners"),
    ["flow.definition.states[2].properties.channel is partners, and there is no task channel of that name"],
  ],
  [
    "in a definition that is text",
    (resources) => {
      channel("partners")(resources);
      const { properties } = at(resources, "flow");
      properties.definition = JSON.stringify(properties.definition);
    },
    ["flow.definition.states[2].properties.channel is partners, and there is no task channel of that name"],
  ],
  ["a custom one that is there", channel("partner"), []],
  ["one that every workspace has", channel("chat"), []],
  ["one that Liquid names", channel("{{flow.variables.channel}}"), []],
  ["one not known yet", channel(UNKNOWN), []],
  ["a definition that is no JSON", set("flow", { definition: "{" }), []],
  [
    "a Flex Flow names one that is not there",
    task("partners"),
    ["main-flow.integration.channel is partners, and there is no task channel of that name"],
  ],
  [
    "a custom one that was taken away",
    (resources) => {
      task("partner")(resources);
      remove("partner")(resources);
    },
    ["main-flow.integration.channel is partner, and there is no task channel of that name"],
  ],
  [
    "a workspace that is not the stack's",
    (resources) => {
      channel("partners")(resources);
      remove("workspace")(resources);
    },
    [],
  ],
]);

testRule(pluginChannelsShown, [
  [
    "the plugin lacks a custom one",
    plugin([]),
    ["configuration.attributes.flexMessaging.taskChannels lacks partner, which the stack declares"],
  ],
  ["the plugin has every custom one", plugin([{ name: "partner" }]), []],
  ["what the plugin shows is not all known", plugin([{ name: UNKNOWN }]), []],
  ["the plugin's part is not known", set("configuration", { attributes: { flexMessaging: UNKNOWN } }), []],
  [
    "a custom one that was taken away",
    (resources) => {
      plugin([])(resources);
      remove("partner")(resources);
    },
    [],
  ],
]);
