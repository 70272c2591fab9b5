import { describe, expect, test } from "@jest/globals";
import { defineFlow } from "./definition.ts";
import { layout } from "./layout.ts";
import type { Step } from "./step.ts";
import { sendMessage, setVariables, splitBasedOn, trigger } from "./steps.ts";

test("a flow is Studio's JSON, with every event listed and steps placed by their distance", () => {
  const flow = defineFlow(
    {
      Trigger: trigger({ incomingMessage: "Split" }),
      Split: splitBasedOn(
        {
          input: "{{trigger.message.Body}}",
          matches: [{ type: "equal_to", value: "hi", next: "Hello" }],
        },
        { noMatch: "Remember" },
      ),
      Hello: sendMessage({ body: "Hello!" }),
      Remember: setVariables({ greeted: "no" }, { next: "Hello" }),
    },
    { description: "Greets" },
  );
  expect(flow).toEqual({
    description: "Greets",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [
          { event: "incomingMessage", next: "Split" },
          { event: "incomingCall" },
          { event: "incomingConversationMessage" },
          { event: "incomingRequest" },
          { event: "incomingParent" },
        ],
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: "Split",
        type: "split-based-on",
        transitions: [
          { event: "noMatch", next: "Remember" },
          {
            event: "match",
            next: "Hello",
            conditions: [
              {
                friendly_name: "equal_to hi",
                arguments: ["{{trigger.message.Body}}"],
                type: "equal_to",
                value: "hi",
              },
            ],
          },
        ],
        properties: { offset: { x: 0, y: 300 }, input: "{{trigger.message.Body}}" },
      },
      {
        name: "Hello",
        type: "send-message",
        transitions: [{ event: "sent" }, { event: "failed" }],
        properties: {
          offset: { x: 200, y: 600 },
          service: "{{trigger.message.InstanceSid}}",
          channel: "{{trigger.message.ChannelSid}}",
          from: "{{flow.channel.address}}",
          to: "{{contact.channel.address}}",
          body: "Hello!",
        },
      },
      {
        name: "Remember",
        type: "set-variables",
        transitions: [{ event: "next", next: "Hello" }],
        properties: { offset: { x: -200, y: 600 }, variables: [{ key: "greeted", value: "no" }] },
      },
    ],
  });
});

test("the compiler refuses a step that does not exist", () => {
  expect(() =>
    defineFlow({
      // @ts-expect-error -- "Nowhere" is no step of this flow
      Trigger: trigger({ incomingMessage: "Nowhere" }),
    }),
  ).toThrow('Trigger.incomingMessage leads to "Nowhere", which is no step (steps: Trigger)');
});

describe("what can't be a flow is refused with the reason", () => {
  const message = (on: { sent?: string }): Step => sendMessage({ body: "Hi" }, on);
  const cases: [name: string, steps: Record<string, Step>, problem: string][] = [
    ["no trigger", { A: message({}) }, "it has 0 triggers (none): declare exactly one"],
    [
      "two triggers",
      { A: trigger({ incomingMessage: "C" }), B: trigger({ incomingCall: "C" }), C: message({}) },
      "it has 2 triggers (A, B): declare exactly one",
    ],
    [
      "a dead end",
      { A: trigger({ incomingMessage: "B" }) },
      'A.incomingMessage leads to "B", which is no step (steps: A)',
    ],
    [
      "a lost step",
      { A: trigger({}), B: message({ sent: "B" }) },
      'nothing leads to the step "B": wire it or remove it',
    ],
    [
      "a bad name",
      { A: trigger({ incomingMessage: "B b" }), "B b": message({}) },
      'the step "B b" needs a name of 1 to 64 letters, digits, - and _',
    ],
  ];
  test.each(cases)("%s", (_, steps, problem) => {
    expect(() => defineFlow(steps)).toThrow(`A Studio flow can't be built:\n  - ${problem}`);
  });
});

test("a loop does not keep the layout from ending", () => {
  const steps: Record<string, Step> = {
    A: trigger({ incomingMessage: "B" }),
    B: sendMessage({ body: "again" }, { sent: "B", failed: "A" }),
  };
  expect(layout(steps, "A")).toEqual({ A: { x: 0, y: 0 }, B: { x: 0, y: 300 } });
});
