import { expect, test } from "@jest/globals";
import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { done, state, step } from "../changes/engine-events.fixture.ts";
import { Operation } from "../changes/operation.ts";
import { deletionQuestion, updateQuestion } from "./questions.ts";

const number = "twilio:api:IncomingPhoneNumber";
const queue = "twilio:taskrouter:TaskQueue";
const inputs = (phoneNumber: string) => ({ inputs: { phoneNumber } });
const adopted = { outputs: { adopted: true } };

const planned = (...steps: StepEventMetadata[]) => {
  const operation = new Operation({ planOnly: true });
  for (const each of steps) operation.apply(done(each));
  return operation.changed;
};
const buy = (name: string, phoneNumber: string) =>
  step("create", number, name, { new: state(number, name, inputs(phoneNumber)) });
const give = step("delete", number, "shop", { old: state(number, "shop", inputs("+12")) });
const replace = (before = {}, after = {}) =>
  step("replace", number, "shop", {
    old: state(number, "shop", { ...inputs("+12"), ...before }),
    new: state(number, "shop", { ...inputs("+13"), ...after }),
    keys: ["phoneNumber"],
    diffs: ["phoneNumber"],
  });

test.each<[string, StepEventMetadata[], string, string]>([
  ["what can be made again", [step("create", queue, "a"), step("delete", queue, "b")], "", "yes"],
  [
    "numbers that are bought",
    [buy("main", "+10"), buy("front", "+11")],
    " It buys +10, +11, which costs money every month.",
    "buy",
  ],
  [
    "one that is bought in an area",
    [step("create", number, "main", { new: state(number, "main", { inputs: { areaCode: "415" } }) })],
    " It buys main, which costs money every month.",
    "buy",
  ],
  [
    "one that is taken over",
    [step("create", number, "main", { new: state(number, "main", { ...inputs("+10"), ...adopted }) })],
    "",
    "yes",
  ],
  ["one that is given back", [give], " It gives up +12, which may never be had again.", "prod"],
  [
    "one that only leaves the stack",
    [step("delete", number, "shop", { old: state(number, "shop", { ...inputs("+12"), ...adopted }) })],
    "",
    "yes",
  ],
  [
    "one in place of another",
    [replace()],
    " It buys +13, which costs money every month. It gives up +12, which may never be had again.",
    "prod",
  ],
  ["one of the account in place of another", [replace(adopted, adopted)], "", "yes"],
  [
    "a chat service",
    [step("delete", "twilio:chat:Service", "chat")],
    " It gives up chat, which may never be had again.",
    "prod",
  ],
])("before an update: %s", (_, steps, told, word) => {
  expect(updateQuestion(planned(...steps), "prod")).toEqual({ text: `Update stack prod?${told}`, word });
});

test("before a deletion", () => {
  expect(deletionQuestion(planned(give), "prod", false)).toEqual({
    text: "This can't be undone. It gives up +12, which may never be had again.",
    word: "prod",
  });
  expect(deletionQuestion(planned(step("delete", queue, "b")), "dev", true)).toEqual({
    text: "This can't be undone.",
    word: "yes",
  });
});
