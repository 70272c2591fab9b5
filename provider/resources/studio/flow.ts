import { common, resource } from "../../engine/definition.ts";
import { bool, choice, int, json, sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { inspectFlow } from "./flowDefinition.ts";
import { validateFlow } from "./validateFlow.ts";

export const flow = resource({
  token: "twilio:studio:Flow",
  description:
    "A Studio flow: what happens to a message or call, widget by widget. Each update makes a new revision; those that " +
    "are published run for new executions at once.",
  example: `const messaging = new twilio.studio.Flow("messaging", {
  friendlyName: "Messaging Flow",
  adopt: true, // the one that Flex made
  status: "published",
  definition: {
    description: "Send each message to an agent",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingMessage", next: "SendMessageToAgent" }],
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: "SendMessageToAgent",
        type: "send-to-flex",
        transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
        properties: {
          offset: { x: 0, y: 200 },
          workflow: assign.sid,
          channel: chatChannel.sid,
          attributes: '{"name": "{{trigger.message.ChannelAttributes.from}}"}',
        },
      },
    ],
  },
  commitMessage: "Send messages to agents",
});`,
  docs: "https://www.twilio.com/docs/studio/rest-api/v2/flow",
  openApi: {
    document: "studio_v2",
    create: "CreateFlow",
    fetch: "FetchFlow",
    update: "UpdateFlow",
  },
  parents: {},
  sid: "FW",
  inputs: {
    friendlyName: text("Name of the flow.", { required: true, minLength: 1 }),
    status: choice("`published` flows run; a `draft` is only kept.", ["draft", "published"], {
      required: true,
      always: true,
    }),
    definition: json(
      "The widgets and how they are connected, as Studio exports it: an object or a JSON string. Compared by " +
        "meaning: neither layout nor the order of keys is a change.",
      { required: true, inspect: inspectFlow },
    ),
    commitMessage: text("What an update changed, for the list of revisions. No change by itself.", {
      instructionFor: ["friendlyName", "status", "definition"],
      writeOnly: true,
      clear: false,
    }),
    authorSid: sid(
      "User at Twilio who made an update, for the list of revisions. No change by itself.",
      "US",
      {
        instructionFor: ["friendlyName", "status", "definition"],
        writeOnly: true,
        clear: false,
      },
    ),
  },
  outputs: {
    ...common,
    revision: int("Number of the latest revision; the first is 1.", { required: true }),
    valid: bool("Whether Twilio finds the definition valid.", { required: true }),
    errors: json("What Twilio finds wrong with the definition.", { shape: "array" }),
    warnings: json("What Twilio finds doubtful in the definition.", { shape: "array" }),
    webhookUrl: text("Starts the flow: a number's `smsUrl` or `voiceUrl` can point to it.", {
      required: true,
      stable: true,
    }),
  },
  keys: [{ inputs: ["friendlyName"], unique: false }],
  // The definition is null there.
  listsInPart: true,
  validate: { needs: ["friendlyName", "status", "definition"], run: validateFlow },
  fixes: [
    {
      code: 81022,
      fix: "Correct the definition where Twilio's details say, or set status to draft to keep it without running it.",
    },
  ],
  at: (twilio) => operations(twilio.studio.v2.flows),
});
