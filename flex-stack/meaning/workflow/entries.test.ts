import { expect, test } from "@jest/globals";
import type { KnownResource } from "../known-resource.ts";
import { Surroundings } from "../surroundings.ts";
import { entriesOf, type PictureEntry } from "./entries.ts";

const known = (
  type: string,
  name: string,
  id: string | undefined,
  properties: KnownResource["properties"],
  fate?: KnownResource["fate"],
): KnownResource => ({ type: `twilio:${type}`, name, id, properties, fate });

const inbound = known("taskrouter:Workflow", "inbound", "WS1/WW1", {});
const flow = (workflow: string, id = "FW1") =>
  known("studio:Flow", id, id, {
    friendlyName: `Flow ${id}`,
    definition: { states: [{ name: "Agent", type: "send-to-flex", properties: { workflow } }] },
  });
const flexFlow = (contactIdentity: string | undefined, more: object = {}, fate?: KnownResource["fate"]) =>
  known(
    "flex:FlexFlow",
    `flow ${contactIdentity}`,
    "FO1",
    { contactIdentity, enabled: true, integrationType: "studio", integration: { flowSid: "FW1" }, ...more },
    fate,
  );
const address = (to: string, autoCreation: object = {}) =>
  known("conversations:Address", `address ${to}`, "IG1", {
    address: to,
    autoCreation: { enabled: true, type: "studio", studioFlowSid: "FW1", ...autoCreation },
  });
const chat = { by: "Chat and Proxy", flow: "Flow FW1" } as const;

test.each<[string, KnownResource[], PictureEntry[]]>([
  ["nobody's messages", [flow("WW1")], []],
  [
    "those of both worlds, in order",
    [flow("WW1"), flexFlow("+2"), flexFlow("+1"), address("+3")],
    [
      { ...chat, to: ["+1", "+2"] },
      { to: ["+3"], by: "Flex Conversations", flow: "Flow FW1" },
    ],
  ],
  ["none of a flow for another workflow", [flow("WW2"), flexFlow("+1")], []],
  [
    "none of another flow",
    [flow("WW1"), flow("WW2", "FW2"), flexFlow("+1", { integration: { flowSid: "FW2" } })],
    [],
  ],
  [
    "none that are off",
    [flow("WW1"), flexFlow("+1", { enabled: false }), address("+2", { enabled: false })],
    [],
  ],
  ["none that go", [flow("WW1"), flexFlow("+1", {}, "gone")], []],
  ["none without a number", [flow("WW1"), flexFlow(undefined)], []],
  [
    "none that a task or a webhook gets",
    [flow("WW1"), flexFlow("+1", { integrationType: "task" }), address("+2", { type: "webhook" })],
    [],
  ],
])("a workflow gets %s", (_, resources, expected) => {
  expect(entriesOf(inbound, new Surroundings([inbound, ...resources]))).toEqual(expected);
});
