import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
beforeAll(async () => {
  stack = await new TestStack(local.emulator).init();
}, 60_000);
afterAll(() => stack.remove());

const flow = (type: string, next: string): Declaration => ({
  name: "flow",
  token: "twilio:studio:Flow",
  inputs: {
    friendlyName: "Replies",
    status: "published",
    definition: {
      initial_state: "Trigger",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [{ event: "incomingMessage", next }],
          properties: {},
        },
        { name: "Say", type, transitions: [], properties: {} },
      ],
    },
  },
});

test("a preview shows what is wrong with a flow's shape", async () => {
  const { code, output } = await stack.preview([flow("say-play", "Nowhere")]);
  expect(code).not.toBe(0);
  expect(output).toContain("definition.states[0].transitions[0].next");
  expect(output).toContain('must name a widget, got "Nowhere"; there are Trigger, Say');
}, 60_000);

test("a preview shows what Twilio finds wrong with a flow", async () => {
  const { code, output } = await stack.preview([flow("say-plai", "Say")]);
  expect(code).not.toBe(0);
  expect(output).toContain("definition.states[1].type");
  expect(output).toContain('must be a widget type, got "say-plai"');
}, 60_000);
