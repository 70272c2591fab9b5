import type * as pulumi from "@pulumi/pulumi";
import { defineFlow, type FlowDefinition } from "./definition.ts";
import type { Step } from "./step.ts";
import {
  sendAndWaitForReply,
  sendMessage,
  sendToFlex,
  setVariables,
  splitBasedOn,
  trigger,
} from "./steps.ts";

export interface StandardFlowArgs {
  /** SID of the workflow that gets the tasks. */
  workflowSid: pulumi.Input<string>;
  /** SID of the task channel of those tasks. */
  taskChannelSid: pulumi.Input<string>;
  /** First message to the customer. @default none */
  greeting?: string;
  /** Asks what the conversation is about; the task's attribute `skill` says it. @default tasks have no skill */
  menu?: MenuArgs;
}

export interface MenuArgs {
  /** The message that asks. */
  question: string;
  /** Seconds to wait for the answer; after that the skill is `otherwise`. @default 300 */
  timeout?: number;
  /** Which answers (case does not matter) ask for which skill. */
  options: readonly { answers: readonly string[]; skill: string }[];
  /** The skill when no option matches or no answer comes. */
  otherwise: string;
}

/**
 * A flow for most: greet, ask what it is about, hand over to an agent. It serves messages of Programmable Chat and of Flex
 * Conversations, so that a number can go from the one to the other.
 */
export function standardFlow({
  workflowSid,
  taskChannelSid,
  greeting,
  menu,
}: StandardFlowArgs): FlowDefinition {
  const toFlex = {
    workflowSid,
    taskChannelSid,
    ...(menu !== undefined && { attributes: { skill: "{{flow.variables.skill}}" } }),
  };
  const ends = {
    SendMessageToAgent: sendToFlex(toFlex),
    SendConversationToAgent: sendToFlex({ ...toFlex, world: "conversations" }),
  };
  const description = "Hands conversations over to agents in Flex";
  if (greeting === undefined && menu === undefined)
    return defineFlow(
      {
        Trigger: trigger({
          incomingMessage: "SendMessageToAgent",
          incomingConversationMessage: "SendConversationToAgent",
        }),
        ...ends,
      },
      { description },
    );

  const first = menu === undefined ? handover : "Menu";
  const start = greeting === undefined ? first : "Greeting";
  const steps: Record<string, Step> = {
    Trigger: trigger({ incomingMessage: start, incomingConversationMessage: start }),
    ...(greeting === undefined
      ? {}
      : // A greeting that could not be sent must not keep the customer from an agent.
        { Greeting: sendMessage({ body: greeting }, { sent: first, failed: first }) }),
    ...(menu === undefined ? {} : menuSteps(menu)),
    [handover]: splitBasedOn(
      {
        input: "{{trigger.conversation.ConversationSid}}",
        matches: [
          { friendlyName: "Flex Conversations", type: "is_not_blank", next: "SendConversationToAgent" },
        ],
      },
      { noMatch: "SendMessageToAgent" },
    ),
    ...ends,
  };
  return defineFlow(steps, { description });
}

/** Tasks of Chat and of Conversations need different attributes. */
const handover = "ChatOrConversation";

function menuSteps(menu: MenuArgs): Record<string, Step> {
  const skillStep = (skill: string) => `Skill_${skill.replace(/[^A-Za-z0-9_-]/g, "_")}`;
  const skills = new Set([...menu.options.map(({ skill }) => skill), menu.otherwise]);
  const otherwise = skillStep(menu.otherwise);
  return {
    Menu: sendAndWaitForReply(
      { body: menu.question, timeout: menu.timeout ?? 300 },
      { incomingMessage: "Answer", timeout: otherwise, deliveryFailure: otherwise },
    ),
    Answer: splitBasedOn(
      {
        input: "{{widgets.Menu.inbound.Body}}",
        matches: menu.options.map(({ answers, skill }) => ({
          friendlyName: skill,
          type: "matches_any_of",
          value: answers.join(","),
          next: skillStep(skill),
        })),
      },
      { noMatch: otherwise },
    ),
    ...Object.fromEntries(
      [...skills].map((skill) => [skillStep(skill), setVariables({ skill }, { next: handover })]),
    ),
  };
}
