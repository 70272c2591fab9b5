import { expect, test } from "@jest/globals";
import type * as pulumi from "@pulumi/pulumi";
import { standardFlow, type StandardFlowArgs } from "./standard-flow.ts";

const sids = { workflowSid: "WW1", taskChannelSid: "TC1" };
const menu = {
  question: "1 or 2?",
  options: [
    { answers: ["1", "invoice"], skill: "billing" },
    { answers: ["2"], skill: "tech support" },
  ],
  otherwise: "billing",
};

/** `from.event>to` for everything that is wired. */
function wiring(args: Partial<StandardFlowArgs>): string[] {
  const { states } = standardFlow({ ...sids, ...args });
  return states.flatMap(({ name, transitions }) =>
    (transitions as { event: string; next?: string }[])
      .filter(({ next }) => next !== undefined)
      .map(({ event, next }) => `${name}.${event}>${next}`),
  );
}

test("hands over at once by default", () => {
  expect(wiring({})).toEqual([
    "Trigger.incomingMessage>SendMessageToAgent",
    "Trigger.incomingConversationMessage>SendConversationToAgent",
  ]);
});

test("a greeting that fails does not keep the customer from an agent", () => {
  expect(wiring({ greeting: "Welcome" })).toEqual([
    "Trigger.incomingMessage>Greeting",
    "Trigger.incomingConversationMessage>Greeting",
    "Greeting.sent>ChatOrConversation",
    "Greeting.failed>ChatOrConversation",
    "ChatOrConversation.noMatch>SendMessageToAgent",
    "ChatOrConversation.match>SendConversationToAgent",
  ]);
});

test("a menu sets the skill, whatever is answered", () => {
  expect(wiring({ menu })).toEqual([
    "Trigger.incomingMessage>Menu",
    "Trigger.incomingConversationMessage>Menu",
    "Menu.incomingMessage>Answer",
    "Menu.timeout>Skill_billing",
    "Menu.deliveryFailure>Skill_billing",
    "Answer.noMatch>Skill_billing",
    "Answer.match>Skill_billing",
    "Answer.match>Skill_tech_support",
    "Skill_billing.next>ChatOrConversation",
    "Skill_tech_support.next>ChatOrConversation",
    "ChatOrConversation.noMatch>SendMessageToAgent",
    "ChatOrConversation.match>SendConversationToAgent",
  ]);
  const skill = standardFlow({ ...sids, menu }).states.find(({ name }) => name === "Skill_tech_support");
  expect(skill?.properties).toMatchObject({ variables: [{ key: "skill", value: "tech support" }] });
});

test("a task of Conversations has the skill, and nothing of Chat that Flex UI 2 could take it for", async () => {
  const { states } = standardFlow({ ...sids, menu });
  const attributes = async (step: string) => {
    const text = states.find(({ name }) => name === step)?.properties as {
      attributes: pulumi.Output<string>;
    };
    return JSON.parse(await new Promise<string>((resolve) => text.attributes.apply(resolve))) as object;
  };
  expect(await attributes("SendConversationToAgent")).toEqual({ skill: "{{flow.variables.skill}}" });
  expect(await attributes("SendMessageToAgent")).toEqual({
    name: "{{trigger.message.ChannelAttributes.from}}",
    channelType: "{{trigger.message.ChannelAttributes.channel_type}}",
    channelSid: "{{trigger.message.ChannelSid}}",
    skill: "{{flow.variables.skill}}",
  });
});
