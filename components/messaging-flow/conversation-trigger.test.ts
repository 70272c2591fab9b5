import { expect, test } from "@jest/globals";
import { hearsConversations } from "./conversation-trigger.ts";

const event = "incomingConversationMessage";
const flow = (transition: object, trigger: object = {}) => ({
  states: [{ name: "Trigger", type: "trigger", transitions: [transition], ...trigger }],
  initial_state: "Trigger",
});

test.each<[string, object, boolean]>([
  ["leads to a step", flow({ event, next: "Hi" }), true],
  ["is another one than its name says", { ...flow({ event, next: "Hi" }), initial_state: "Start" }, true],
  ["leads nowhere", flow({ event }), false],
  ["leads to null", flow({ event, next: null }), false],
  ["leads to an empty name", flow({ event, next: "" }), false],
  ["leads on for texts alone", flow({ event: "incomingMessage", next: "Hi" }), false],
  ["has no transitions", flow({}, { transitions: undefined }), false],
  ["is not there", {}, false],
])("a flow whose trigger %s hears conversations: %#", (_what, definition, hears) => {
  expect(hearsConversations(definition)).toBe(hears);
});
