import { expect, test } from "@jest/globals";
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
  expect(wiring({})).toEqual(["Trigger.incomingMessage>SendMessageToAgent"]);
});

test("a greeting that fails does not keep the customer from an agent", () => {
  expect(wiring({ greeting: "Welcome" })).toEqual([
    "Trigger.incomingMessage>Greeting",
    "Greeting.sent>SendMessageToAgent",
    "Greeting.failed>SendMessageToAgent",
  ]);
});

test("a menu sets the skill, whatever is answered", () => {
  expect(wiring({ menu })).toEqual([
    "Trigger.incomingMessage>Menu",
    "Menu.incomingMessage>Answer",
    "Menu.timeout>Skill_billing",
    "Menu.deliveryFailure>Skill_billing",
    "Answer.noMatch>Skill_billing",
    "Answer.match>Skill_billing",
    "Answer.match>Skill_tech_support",
    "Skill_billing.next>SendMessageToAgent",
    "Skill_tech_support.next>SendMessageToAgent",
  ]);
  const skill = standardFlow({ ...sids, menu }).states.find(({ name }) => name === "Skill_tech_support");
  expect(skill?.properties).toMatchObject({ variables: [{ key: "skill", value: "tech support" }] });
});
