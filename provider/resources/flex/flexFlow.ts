import { common, resource } from "../../engine/definition.ts";
import { bool, choice, int, object, sid, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { checkParts } from "../partsOfType.ts";
import type { PartsOfType } from "../partsOfType.ts";

/** What each type of integration needs, and what else it can have. */
const integrationOf = {
  studio: { required: ["flowSid"], optional: ["retryCount"] },
  external: { required: ["url"], optional: ["retryCount"] },
  task: {
    required: ["workspaceSid", "workflowSid", "channel"],
    optional: ["timeout", "priority", "creationOnMessage"],
  },
} as const satisfies { [type: string]: PartsOfType };

/** An integration of another type ignores it, and Twilio keeps it: there is nothing to clear. */
const clear = false;

export const flexFlow = resource({
  token: "twilio:flex:FlexFlow",
  description:
    "What Flex does with an inbound conversation on one kind of channel, or on one number or address of it " +
    "(`contactIdentity`): run a Studio flow, call a URL or create a task. Without an enabled one a message ends " +
    "before it reaches anybody. A number that a handler of your own serves must have none.",
  example: `new twilio.flex.FlexFlow("support-sms", {
  friendlyName: "Support SMS",
  chatServiceSid: chat.sid,
  channelType: "sms",
  contactIdentity: "+14155550100",
  integrationType: "studio",
  integration: { flowSid: messaging.sid },
  enabled: true,
  longLived: false,
  janitorEnabled: true,
});`,
  docs: "https://www.twilio.com/docs/flex/developer/messaging/manage-flows",
  openApi: {
    document: "flex_v1",
    create: "CreateFlexFlow",
    fetch: "FetchFlexFlow",
    update: "UpdateFlexFlow",
  },
  parents: {},
  sid: "FO",
  inputs: {
    friendlyName: text("Name of the flow.", { required: true, minLength: 1 }),
    chatServiceSid: sid("Chat service that holds the conversations: the one of Flex.", "IS", {
      required: true,
    }),
    channelType: choice(
      "Kind of channel. It decides how the Flex UI shows the task.",
      ["web", "sms", "facebook", "whatsapp", "line", "custom"],
      { required: true },
    ),
    contactIdentity: text(
      "Number or address of yours that the conversation came to, for example `+14155550100` or " +
        "`whatsapp:+14155550100`. Without it the flow serves every one of its channel type that has none of its own.",
    ),
    // Optional at Twilio, which does not say what it means to leave it out; a flow that is off loses messages.
    enabled: bool("Whether the flow takes conversations.", { required: true }),
    integrationType: choice("What handles a conversation.", ["studio", "external", "task"], { clear: false }),
    integration: object("Settings of what handles a conversation.", {
      flowSid: sid("Studio flow to run. For `studio`.", "FW", { clear }),
      url: url("URL to call for each message. For `external`.", { clear }),
      workspaceSid: sid("Workspace to create the task in. For `task`.", "WS", { clear }),
      workflowSid: sid("Workflow of the task. For `task`.", "WW", { clear }),
      channel: text("SID or unique name of the task channel of the task. For `task`.", { clear }),
      timeout: int("How long the task may wait, in seconds. For `task`.", { min: 1, default: 86_400 }),
      priority: int("Priority of the task. For `task`.", { min: 0, default: 0 }),
      creationOnMessage: bool(
        "Whether an outbound conversation's task is only created when the contact answers. For `task`.",
        { default: false },
      ),
      retryCount: int("How often a failed flow or call is retried. For `studio` and `external`.", {
        min: 0,
        max: 3,
        default: 3,
      }),
    }),
    longLived: bool("Whether the chat channel is used again for the contact's next conversation.", {
      default: false,
    }),
    janitorEnabled: bool(
      "Whether Proxy sessions are removed when a task is deleted outside of the Flex UI.",
      {
        default: false,
      },
    ),
  },
  outputs: common,
  keys: [
    { inputs: ["channelType", "contactIdentity"], unique: false },
    { inputs: ["friendlyName"], unique: false },
  ],
  check({ integrationType: type, integration }) {
    if (type === undefined && integration !== undefined) {
      return [{ path: ["integrationType"], reason: "is missing; integration does nothing without it" }];
    }
    if (!isType(type)) return [];
    return checkParts(`an integration of type ${type}`, "integration", integration, integrationOf[type]);
  },
  conflict: (error) => error.code === 45212,
  fixes: [
    {
      code: 45212,
      fix: "Give an existing chatServiceSid, and disable or adopt any other flow for this channelType and contactIdentity.",
    },
    { code: 45205, fix: "Give an enabled flow for this channelType and contactIdentity." },
  ],
  at: (twilio) => operations(twilio.flexApi.v1.flexFlow),
});

const isType = (value: unknown): value is keyof typeof integrationOf =>
  typeof value === "string" && Object.hasOwn(integrationOf, value);
