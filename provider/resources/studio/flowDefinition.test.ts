import { describe, expect, test } from "@jest/globals";

import { formatPath, UNKNOWN } from "../../engine/value.ts";
import type { Value } from "../../engine/value.ts";
import { inspectFlow } from "./flowDefinition.ts";

interface Flow {
  [key: string]: Value;
  states: Value[];
}

/** Flex's Messaging Flow, with changes. */
const flow = (changes: { [key: string]: Value } = {}, agent: { [key: string]: Value } = {}): Flow => ({
  description: "Messaging Flow",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [
        { event: "incomingMessage", next: "SendMessageToAgent" },
        { event: "incomingCall" },
        { event: "incomingRequest", next: null },
      ],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "SendMessageToAgent",
      type: "send-to-flex",
      transitions: [{ event: "callComplete" }],
      properties: { offset: { x: 0, y: 0 }, workflow: "WW1", channel: "TC1" },
      ...agent,
    },
  ],
  ...changes,
});

const found = (document: Value) =>
  Object.fromEntries(inspectFlow(document).map(({ path, reason }) => [formatPath(path), reason]));

test.each<[string, Value]>([
  ["Flex's Messaging Flow", flow()],
  ["no description and no flags", { states: flow().states, initial_state: "Trigger" }],
  [
    "content in place of a body",
    flow({}, { type: "send-message", properties: { from: "a", to: "b", content_sid: "HX1" } }),
  ],
  [
    "a transition with a name",
    flow({}, { transitions: [{ event: "callComplete", name: "done", next: null }] }),
  ],
  ["a type that only Studio knows", flow({}, { type: "say-play", properties: {} })],
  ["a type named like a property of every object", flow({}, { type: "constructor", properties: {} })],
  ["unknown: all of it", UNKNOWN],
  ["unknown: the widgets", flow({ states: UNKNOWN as Value })],
  ["unknown: a widget, whose name others may use", flow({ initial_state: "Other", states: [UNKNOWN] })],
  ["unknown: a name", flow({ initial_state: "Other" }, { name: UNKNOWN })],
  ["unknown: properties", flow({}, { properties: UNKNOWN })],
  ["unknown: a property", flow({}, { properties: { workflow: UNKNOWN, channel: UNKNOWN } })],
  ["unknown: transitions", flow({}, { transitions: UNKNOWN })],
  ["unknown: a transition", flow({}, { transitions: [UNKNOWN, { event: UNKNOWN, next: UNKNOWN }] })],
])("fine: %s", (_case, document) => {
  expect(found(document)).toEqual({});
});

describe("wrong", () => {
  test.each<[string, Value, Record<string, string>]>([
    [
      "more widgets than Studio takes",
      { ...(flow({}, {}) as object), states: Array.from({ length: 1001 }, () => UNKNOWN) },
      { states: "must be at most 1000 widgets, got 1001" },
    ],
    ["nothing in it", {}, { states: "must be an array of at least one widget, the first a trigger" }],
    [
      "no initial state",
      flow({ initial_state: null }),
      { initial_state: "must name a widget, got null; there are Trigger, SendMessageToAgent" },
    ],
    [
      "a misspelt key",
      flow({ initialState: "Trigger" }),
      {
        initialState:
          "is nothing that Studio knows here; known are description, states, initial_state, flags, $schema",
      },
    ],
    [
      "a name twice",
      flow({}, { name: "Trigger" }),
      {
        "states[1].name": 'is "Trigger" a second time; names of widgets must be unique',
        "states[0].transitions[0].next": 'must name a widget, got "SendMessageToAgent"; there are Trigger',
      },
    ],
    [
      "a transition to nowhere",
      flow({}, { transitions: [{ event: "callComplete", next: "Survey" }] }),
      {
        "states[1].transitions[0].next":
          'must name a widget, got "Survey"; there are Trigger, SendMessageToAgent',
      },
    ],
    [
      "a transition without an event",
      flow({}, { transitions: [{ next: "Trigger" }, "callComplete"] }),
      {
        "states[1].transitions[0].event": "must be a text, got nothing",
        "states[1].transitions[1]": "must be an object with `event`, and `next` where something follows",
      },
    ],
    [
      "a match without conditions",
      flow(
        {},
        {
          type: "split-based-on",
          properties: { input: "{{trigger.message.Body}}" },
          transitions: [{ event: "noMatch" }, { event: "match", next: "Trigger", conditions: [] }],
        },
      ),
      {
        "states[1].transitions[1].conditions":
          "must be an array of at least one condition, or `match` never happens",
      },
    ],
    [
      "no transitions",
      flow({}, { transitions: null }),
      { "states[1].transitions": "must be an array, empty where nothing follows" },
    ],
    [
      "properties that a widget needs",
      flow({}, { properties: { workflow: "" } }),
      {
        "states[1].properties.workflow": "is missing; a widget of type send-to-flex needs workflow, channel",
        "states[1].properties.channel": "is missing; a widget of type send-to-flex needs workflow, channel",
      },
    ],
    [
      "neither body nor content",
      flow({}, { type: "send-message", properties: { from: "a", to: "b" } }),
      {
        "states[1].properties.body":
          "is missing; a widget of type send-message needs from, to, body or content_sid",
      },
    ],
    [
      "widgets that are none",
      flow({ states: [...flow().states, "End", { name: "", type: 1, transitions: [], properties: [] }] }),
      {
        "states[2]": "must be an object with `name`, `type`, `transitions` and `properties`",
        "states[3].name": 'must be a text, got ""',
        "states[3].type": "must be a text, got 1",
      },
    ],
  ])("%s", (_case, document, problems) => {
    expect(found(document)).toEqual(problems);
  });
});
