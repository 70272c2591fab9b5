import { expect, test } from "@jest/globals";
import { flawsOf, warningsOf } from "./definition.ts";

interface Definition {
  [key: string]: unknown;
  states: Record<string, unknown>[];
}

/** A definition without a flaw, for tests to spoil. */
const good = (): Definition => ({
  description: "Sends messages to agents",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage", next: "Split" }, { event: "incomingCall" }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "Split",
      type: "split-based-on",
      transitions: [
        { event: "noMatch", next: null },
        {
          event: "match",
          next: "ToAgent",
          conditions: [
            { friendly_name: "yes", arguments: ["{{trigger.message.Body}}"], type: "equal_to", value: "yes" },
          ],
        },
      ],
      properties: { input: "{{trigger.message.Body}}", offset: { x: 0, y: 100 } },
    },
    {
      name: "ToAgent",
      type: "send-to-flex",
      transitions: [{ event: "callComplete" }],
      properties: { workflow: "WW1", channel: "TC1", attributes: "{}", priority: "1" },
    },
  ],
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
});

const state = (definition: Definition, index: number) =>
  definition.states[index] as { [key: string]: unknown; properties: Record<string, unknown> };

test("a good definition has no flaws, nor has one without what is optional", () => {
  expect(flawsOf(good())).toEqual([]);
  const { description: _description, flags: _flags, ...least } = good();
  expect(flawsOf(least)).toEqual([]);
});

test.each<[string, (definition: Definition) => unknown, string, string]>([
  ["no object", () => [], "#", "must be an object"],
  ["an unknown property", (it) => ({ ...it, extra: 1 }), "#/extra", "is not allowed"],
  ["no states", ({ states: _, ...it }) => it, "#/states", "is required"],
  ["states that are no list", (it) => ({ ...it, states: {} }), "#/states", "must be an array"],
  ["a description that is no text", (it) => ({ ...it, description: 1 }), "#/description", "must be text"],
  [
    "an unknown flag",
    (it) => ({ ...it, flags: { x: 1, allow_concurrent_calls: true } }),
    "#/flags/x",
    "is not allowed",
  ],
  [
    "flags without their one",
    (it) => ({ ...it, flags: {} }),
    "#/flags/allow_concurrent_calls",
    "must be true or false",
  ],
  [
    "an initial state that is none",
    (it) => ({ ...it, initial_state: "Start" }),
    "#/initial_state",
    "must match a widget name",
  ],
  ["no initial state", ({ initial_state: _, ...it }) => it, "#/initial_state", "is required"],
  [
    "a state that is no object",
    (it) => ({ ...it, states: [...it.states, "x"] }),
    "#/states/3",
    "must be an object",
  ],
])("finds %s", (_name, spoil, path, message) => {
  expect(flawsOf(spoil(good()))).toEqual([{ message, property_path: path }]);
});

test.each<[string, (definition: Definition) => void, string, string]>([
  [
    "an unknown widget type",
    (it) => (state(it, 1)["type"] = "split"),
    "#/states/1/type",
    'must be a widget type, got "split"',
  ],
  [
    "a misspelt widget type",
    (it) => (state(it, 1)["type"] = "say-plai"),
    "#/states/1/type",
    'must be a widget type, got "say-plai"',
  ],
  [
    "a name that is empty",
    (it) => (state(it, 1)["transitions"] = [{ event: "" }]),
    "#/states/1/transitions/0/event",
    "must not be empty",
  ],
  [
    "two widgets of a name",
    (it) => it.states.push({ ...state(it, 2) }),
    "#/states/3/name",
    'must be unique, another widget is named "ToAgent"',
  ],
  [
    "a transition to nowhere",
    (it) => (state(it, 2)["transitions"] = [{ event: "callComplete", next: "Nowhere" }]),
    "#/states/2/transitions/0/next",
    "must match a widget name",
  ],
  ["no transitions", (it) => delete state(it, 2)["transitions"], "#/states/2/transitions", "is required"],
  [
    "no properties",
    (it) => delete (state(it, 2) as Record<string, unknown>)["properties"],
    "#/states/2/properties",
    "is required",
  ],
  [
    "a required property that is missing",
    (it) => delete state(it, 2).properties["workflow"],
    "#/states/2/properties/workflow",
    "is required",
  ],
  [
    "a required property that is empty",
    (it) => (state(it, 2).properties["channel"] = ""),
    "#/states/2/properties/channel",
    "is required",
  ],
  [
    "an unknown property of a widget",
    (it) => (state(it, 2).properties["queue"] = "x"),
    "#/states/2/properties/queue",
    "is not allowed",
  ],
  [
    "attributes that are no text",
    (it) => (state(it, 2).properties["attributes"] = {}),
    "#/states/2/properties/attributes",
    "must be JSON text",
  ],
  [
    "a condition without a type",
    (it) =>
      (state(it, 1)["transitions"] = [
        { event: "match", conditions: [{ friendly_name: "a", arguments: [], value: "b" }] },
      ]),
    "#/states/1/transitions/0/conditions/0/type",
    "is required",
  ],
])("finds %s in a state", (_name, spoil, path, message) => {
  const definition = good();
  spoil(definition);
  expect(flawsOf(definition)).toEqual([{ message, property_path: path }]);
});

test("tells every flaw, in order", () => {
  const definition = good();
  delete state(definition, 2).properties["workflow"];
  state(definition, 1)["type"] = "constructor";
  definition["initial_state"] = "";
  expect(flawsOf(definition).map(({ property_path }) => property_path)).toEqual([
    "#/states/1/type",
    "#/states/2/properties/workflow",
    "#/initial_state",
  ]);
});

test("a message needs a body or a content template", () => {
  const message = (properties: object) => ({
    initial_state: "Trigger",
    states: [{ name: "Trigger", type: "send-message", transitions: [], properties }],
  });
  const from = { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}" };
  expect(flawsOf(message({ ...from, body: "Hello" }))).toEqual([]);
  expect(flawsOf(message({ ...from, content_sid: "HX1" }))).toEqual([]);
  expect(flawsOf(message(from))).toEqual([
    { message: "is required", property_path: "#/states/0/properties/body" },
  ]);
});

test("a transition may have a name", () => {
  const definition = good();
  state(definition, 2)["transitions"] = [{ event: "callComplete", name: "Task created", next: "Split" }];
  expect(flawsOf(definition)).toEqual([]);
});

test("a type of widget that nobody here knows is kept, with a warning", () => {
  const definition = good();
  definition.states.push(
    { name: "Say", type: "say-play", transitions: [], properties: {} },
    { name: "New", type: "ask-agent", transitions: [], properties: { anything: 1 } },
    { name: "Newer", type: "run-function-v3", transitions: [], properties: {} },
  );
  expect(flawsOf(definition)).toEqual([]);
  const message = (type: string) =>
    `is no widget type that the local Twilio knows of Studio, got "${type}"; it can't run it`;
  expect(warningsOf(definition as never)).toEqual([
    { message: message("ask-agent"), property_path: "#/states/4/type" },
    { message: message("run-function-v3"), property_path: "#/states/5/type" },
  ]);
});

test("widgets that the local Twilio never runs are taken as they are", () => {
  const definition = good();
  definition.states.push({ name: "Say", type: "say-play", transitions: [], properties: { anything: 1 } });
  expect(flawsOf(definition)).toEqual([]);
});
