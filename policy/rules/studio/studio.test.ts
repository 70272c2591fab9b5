import type { Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { taskChannelsExist } from "./task-channels-exist.ts";

const channel = (name: unknown) => (resources: Centre) => {
  const { definition } = at(resources, "flow").properties as {
    definition: { states: { properties: { channel?: unknown } }[] };
  };
  definition.states[2]!.properties.channel = name;
};
const task = (name: unknown) => set("main-flow", { integrationType: "task", integration: { channel: name } });

testRule(taskChannelsExist, [
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
