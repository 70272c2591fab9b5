import * as pulumi from "@pulumi/pulumi";
import type { ConditionType, Step, StepValue, Transition } from "./step.ts";

// A builder for each step a messaging flow is made of. The last argument says which step follows each
// event; an event left out ends the flow. `defineFlow` checks those names, at compile time too.

/** Which step is next for each event of a step. */
type On<Event extends string, Name extends string> = { readonly [event in Event]?: Name };

/**
 * Liquid for the service and channel (or conversation) that a message came through; Studio then writes there. Messages of
 * conversations have these names, too.
 */
const conversation = {
  service: "{{trigger.message.InstanceSid}}",
  channel: "{{trigger.message.ChannelSid}}",
  from: "{{flow.channel.address}}",
} as const;

/**
 * Where a flow starts, by what started it: a message through Programmable Chat, a call, a message of a conversation (Flex
 * Conversations), the REST API or a parent flow.
 */
export function trigger<const Name extends string = never>(on: On<TriggerEvent, Name>): Step<Name> {
  return step("trigger", {}, triggerEvents, on);
}

/** What starts a flow, in Studio's order. */
const triggerEvents = [
  "incomingMessage",
  "incomingCall",
  "incomingConversationMessage",
  "incomingRequest",
  "incomingParent",
] as const;
type TriggerEvent = (typeof triggerEvents)[number];

/** One way out of a split. */
export interface Match<Name extends string> {
  /** Name of the condition in Studio. @default its type and value */
  friendlyName?: string;
  type: ConditionType;
  /** What the input is compared with; comma separated for `matches_any_of`. @default "" */
  value?: string;
  next: Name;
}

/** Goes on by the value of `input`, e.g. `{{widgets.Menu.inbound.Body}}`: the first match wins. */
export function splitBasedOn<const Name extends string = never>(
  args: { input: string; matches: readonly Match<Name>[] },
  on: On<"noMatch", Name> = {},
): Step<Name> {
  return {
    type: "split-based-on",
    properties: { input: args.input },
    transitions: [
      { event: "noMatch", next: on.noMatch },
      ...args.matches.map(({ friendlyName, type, value = "", next }) => ({
        event: "match",
        next,
        condition: {
          friendlyName: friendlyName ?? `${type} ${value}`.trim(),
          input: args.input,
          type,
          value,
        },
      })),
    ],
  };
}

/** Sets `{{flow.variables.<key>}}`. */
export function setVariables<const Name extends string = never>(
  variables: { readonly [key: string]: pulumi.Input<string> },
  on: On<"next", Name> = {},
): Step<Name> {
  return step("set-variables", { variables: pairs(variables) }, ["next"], on);
}

/** Sends a message to the customer, in the channel they wrote in. */
export function sendMessage<const Name extends string = never>(
  args: { body: string; mediaUrl?: string; attributes?: string },
  on: On<"sent" | "failed", Name> = {},
): Step<Name> {
  const properties = {
    ...conversation,
    to: "{{contact.channel.address}}",
    body: args.body,
    media_url: args.mediaUrl,
    attributes: args.attributes,
  };
  return step("send-message", properties, ["sent", "failed"], on);
}

/** Sends a message and waits for the answer, which is then `{{widgets.<name>.inbound.Body}}`. */
export function sendAndWaitForReply<const Name extends string = never>(
  args: {
    body: string;
    /** Seconds to wait. @default 3600 */
    timeout?: number;
    mediaUrl?: string;
    attributes?: string;
  },
  on: On<"incomingMessage" | "timeout" | "deliveryFailure", Name> = {},
): Step<Name> {
  const properties = {
    ...conversation,
    body: args.body,
    // Studio keeps this number as text.
    timeout: String(args.timeout ?? 3600),
    media_url: args.mediaUrl,
    attributes: args.attributes,
  };
  return step("send-and-wait-for-reply", properties, ["incomingMessage", "timeout", "deliveryFailure"], on);
}

/** Calls a URL; its JSON answer is then `{{widgets.<name>.parsed}}`. Unwired, a failure ends the flow. */
export function makeHttpRequest<const Name extends string = never>(
  args: {
    /** @default "POST" */
    method?: "GET" | "POST" | "PUT" | "DELETE";
    url: pulumi.Input<string>;
    /** @default "application/json;charset=utf-8" with a body, else form fields */
    contentType?: string;
    /** Request body, in place of `parameters`. */
    body?: string;
    /** Form or query fields. */
    parameters?: { readonly [key: string]: pulumi.Input<string> };
  },
  on: On<"success" | "failed", Name> = {},
): Step<Name> {
  const form = "application/x-www-form-urlencoded;charset=utf-8";
  const properties = {
    method: args.method ?? "POST",
    url: args.url,
    content_type: args.contentType ?? (args.body === undefined ? form : "application/json;charset=utf-8"),
    body: args.body,
    parameters: args.parameters && pairs(args.parameters),
  };
  return step("make-http-request", properties, ["success", "failed"], on);
}

/** Runs a Twilio Function; its JSON answer is then `{{widgets.<name>.parsed}}`. */
export function runFunction<const Name extends string = never>(
  args: {
    url: pulumi.Input<string>;
    serviceSid?: pulumi.Input<string>;
    environmentSid?: pulumi.Input<string>;
    functionSid?: pulumi.Input<string>;
    parameters?: { readonly [key: string]: pulumi.Input<string> };
  },
  on: On<"success" | "fail", Name> = {},
): Step<Name> {
  const properties = {
    url: args.url,
    service_sid: args.serviceSid,
    environment_sid: args.environmentSid,
    function_sid: args.functionSid,
    parameters: args.parameters && pairs(args.parameters),
  };
  return step("run-function", properties, ["success", "fail"], on);
}

/** Runs another flow, which can't run one itself, and goes on after it. */
export function runSubflow<const Name extends string = never>(
  args: {
    flowSid: pulumi.Input<string>;
    /** A revision number, `LatestPublished` or `LatestRevision`. @default "LatestPublished" */
    flowRevision?: pulumi.Input<string>;
    parameters?: { readonly [key: string]: pulumi.Input<string> };
  },
  on: On<"completed" | "failed", Name> = {},
): Step<Name> {
  const properties = {
    flow_sid: args.flowSid,
    flow_revision: args.flowRevision ?? "LatestPublished",
    parameters: args.parameters && pairs(args.parameters),
  };
  return step("run-subflow", properties, ["completed", "failed"], on);
}

/** What Flex needs in a task to open a chat for it. An Interaction of Flex Conversations writes its own. */
const chatAttributes = {
  name: "{{trigger.message.ChannelAttributes.from}}",
  channelType: "{{trigger.message.ChannelAttributes.channel_type}}",
  channelSid: "{{trigger.message.ChannelSid}}",
} as const;

/**
 * Makes a task of the conversation; an agent takes over from here. Of a conversation of Flex Conversations it makes an
 * Interaction, which gives the task what Flex needs.
 */
export function sendToFlex<const Name extends string = never>(
  args: {
    /** SID of the workflow, `WW…`. */
    workflowSid: pulumi.Input<string>;
    /** SID of the task channel, `TC…`. */
    taskChannelSid: pulumi.Input<string>;
    /**
     * `chat` where the flow got a message of Programmable Chat, `conversations` where it got one of Flex Conversations:
     * a `channelSid` in the task would make parts of Flex UI 2 take it for one of Chat.
     * @default "chat"
     */
    world?: "chat" | "conversations";
    /** Task attributes besides the name, channelType and channelSid that Flex needs. @default none */
    attributes?: { readonly [attribute: string]: StepValue };
    /** From 0; higher is served first. @default 0 */
    priority?: number;
    /** Seconds the task lives. @default 86400 */
    timeout?: number;
  },
  on: On<"callComplete" | "failedToEnqueue" | "callFailure", Name> = {},
): Step<Name> {
  const properties = {
    workflow: args.workflowSid,
    channel: args.taskChannelSid,
    attributes: pulumi.jsonStringify({
      ...(args.world === "conversations" ? {} : chatAttributes),
      ...args.attributes,
    }),
    priority: args.priority === undefined ? undefined : String(args.priority),
    timeout: args.timeout === undefined ? undefined : String(args.timeout),
  };
  return step("send-to-flex", properties, ["callComplete", "failedToEnqueue", "callFailure"], on);
}

/** Studio lists every event of a step, wired or not. */
function step<Event extends string, Name extends string>(
  type: string,
  properties: { readonly [property: string]: StepValue | undefined },
  events: readonly Event[],
  on: On<Event, Name>,
): Step<Name> {
  const transitions: Transition<Name>[] = events.map((event) => ({ event, next: on[event] }));
  const set = Object.entries(properties).filter(
    (entry): entry is [string, StepValue] => entry[1] !== undefined,
  );
  return { type, properties: Object.fromEntries(set), transitions };
}

function pairs(values: { readonly [key: string]: pulumi.Input<string> }): StepValue {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}
