import { describe, expect, test } from "@jest/globals";
import { flowMeaning } from "./flow-meaning.ts";
import { phraseText } from "./statement.ts";
import { Surroundings } from "./surroundings.ts";

const workflowSid = `WW${"0".repeat(32)}`;
const surroundings = new Surroundings([
  {
    type: "twilio:taskrouter:Workflow",
    name: "inbound",
    id: `WS1/${workflowSid}`,
    properties: { friendlyName: "Inbound" },
  },
]);

type Json = Record<string, unknown>;
const widget = (name: string, fields: Json = {}): Json => ({
  name,
  type: "send-message",
  transitions: [{ event: "sent", next: "Agent" }],
  properties: { offset: { x: 0, y: 0 }, body: "Hello {{contact.channel.address}}" },
  ...fields,
});
const agent = widget("Agent", {
  type: "send-to-flex",
  transitions: [{ event: "callComplete" }],
  properties: {
    offset: { x: 1, y: 1 },
    attributes: '{"name": "x", "skill": "billing"}',
    workflow: "WWother",
  },
});
const flow = (...states: Json[]): Json => ({
  description: "A flow",
  states,
  initial_state: "Greeting",
  flags: {},
});
const greeting = widget("Greeting");

const told = (before: unknown, after: unknown) =>
  flowMeaning(before, after, surroundings)?.map(({ at, text }) => [...at, phraseText(text)].join(": "));

describe("a flow", () => {
  test.each<[string, unknown, unknown, string[]]>([
    ["the same as text", flow(greeting, agent), JSON.stringify(flow(greeting, agent), null, 2), []],
    [
      "in another order, on other places of the canvas",
      flow(greeting, agent),
      flow(
        agent,
        widget("Greeting", {
          properties: { body: "Hello {{contact.channel.address}}", offset: { x: 9, y: 9 } },
        }),
      ),
      [],
    ],
    [
      "what it says",
      flow(greeting),
      flow(widget("Greeting", { properties: { body: "Good day {{contact.channel.address}}" } })),
      ['widget Greeting: body: "Hello {{contact.channel.address}}" → "Good day {{contact.channel.address}}"'],
    ],
    [
      "where it leads",
      flow(greeting, agent),
      flow(
        widget("Greeting", { transitions: [{ event: "sent" }, { event: "failed", next: "Agent" }] }),
        agent,
      ),
      ["widget Greeting: on sent: Agent → the end", "widget Greeting: on failed: Agent added"],
    ],
    [
      "a condition",
      flow(
        widget("Menu", {
          transitions: [
            { event: "noMatch", next: "Agent" },
            { event: "match", next: "Agent", conditions: [{ type: "equal_to", value: "1", arguments: [] }] },
          ],
        }),
      ),
      flow(
        widget("Menu", {
          transitions: [
            { event: "noMatch", next: "Agent" },
            { event: "match", next: "Agent", conditions: [{ type: "equal_to", value: "2", arguments: [] }] },
          ],
        }),
      ),
      [
        'widget Menu: on match (equal_to "1"): Agent removed',
        'widget Menu: on match (equal_to "2"): Agent added',
      ],
    ],
    [
      "a new widget",
      flow(greeting),
      flow(greeting, agent),
      ["widget Agent: new (send-to-flex)", "widget Agent: on callComplete: the end added"],
    ],
    ["a widget gone", flow(greeting, agent), flow(greeting), ["widget Agent: removed (send-to-flex)"]],
    [
      "a widget renamed",
      flow(greeting),
      flow(widget("Welcome")),
      ["widget Welcome: renamed: Greeting → Welcome"],
    ],
    [
      "JSON inside a property by its parts, SIDs by name",
      flow(agent),
      flow({
        ...agent,
        properties: { attributes: '{"skill":"refunds","name":"x"}', workflow: workflowSid },
      }),
      [
        'widget Agent: attributes.skill: "billing" → "refunds"',
        `widget Agent: workflow: "WWother" → Inbound (${workflowSid})`,
      ],
    ],
    [
      "what is beside the widgets",
      flow(greeting),
      { ...flow(greeting), initial_state: "Menu" },
      ['initial_state: "Greeting" → "Menu"'],
    ],
    [
      "another type",
      flow(greeting),
      flow(widget("Greeting", { type: "run-function" })),
      ["widget Greeting: type: send-message → run-function"],
    ],
    [
      "nothing known",
      flow(greeting),
      "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      ["definition: widgets: 1 → (known after up)"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  test("is not told as one when neither is", () => {
    expect(told("{", "x")).toBeUndefined();
  });
});
