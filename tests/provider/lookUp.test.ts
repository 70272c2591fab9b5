import { afterAll, expect, test } from "@jest/globals";

import { resources } from "../../provider/resources/index.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import type { Inputs } from "./case.ts";
import { ref } from "./case.ts";
import { cases } from "./cases/index.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
afterAll(() => stack.remove());

const program: Declaration[] = cases.map(({ name, token, inputs }) => ({ name, token, inputs }));

/** Every way to look a case's resource up: by its SID, and by each key whose inputs the case has. */
const lookUps: Declaration[] = cases.flatMap(({ name, token, inputs }) => {
  const definition = resources.find((one) => one.token === token)!;
  const within = pick(inputs, Object.keys(definition.parents));
  const bySid = definition.sid === undefined ? [] : [{ sid: ref(`${name}.sid`) }];
  const byKey = (definition.keys ?? [])
    .filter((key) => key.inputs.every((input) => input in inputs))
    .map((key) => pick(inputs, key.inputs));
  return [...bySid, ...byKey].map((by) => ({
    name: `${name} by ${Object.keys(by).join(" and ")}`,
    token,
    inputs: { ...within, ...by },
    lookUp: true,
  }));
});

function pick(inputs: Inputs, names: readonly string[]): Inputs {
  return Object.fromEntries(names.map((name) => [name, inputs[name]!]));
}

test("every resource is found by its SID and by each of its names", async () => {
  stack = await new TestStack(local.emulator).init();
  const made = await stack.up(program);
  expect([made.code, made.code === 0 ? "" : made.output]).toEqual([0, ""]);
  const found = await stack.up([...program, ...lookUps]);
  expect([found.code, found.code === 0 ? "" : found.output]).toEqual([0, ""]);
  const state = stack.resources();
  expect(Object.fromEntries(Object.entries(stack.lookUps()).map(([name, one]) => [name, one["id"]]))).toEqual(
    Object.fromEntries(lookUps.map(({ name }) => [name, state[name.split(" by ")[0]!]?.id])),
  );
}, 120_000);

test.each<[string, Declaration, string]>([
  [
    "none",
    { name: "none", token: "twilio:proxy:Service", inputs: { uniqueName: "Nobody" }, lookUp: true },
    "uniqueName",
  ],
  [
    "several",
    { name: "several", token: "twilio:chat:Service", inputs: { friendlyName: "Twins" }, lookUp: true },
    "friendlyName",
  ],
])(
  "%s that match is an error that names the key",
  async (_case, lookUp, key) => {
    const twins = ["one", "two"].map((name) => ({
      name,
      token: "twilio:chat:Service",
      inputs: { friendlyName: "Twins" },
    }));
    await stack.up([...program, ...twins]);
    const { code, output } = await stack.preview([...program, ...twins, lookUp]);
    expect(code).not.toBe(0);
    expect(output).toContain(`${key} "${String(Object.values(lookUp.inputs)[0])}"`);
  },
  120_000,
);
