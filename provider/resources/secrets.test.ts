import { expect, test } from "@jest/globals";

import { check } from "../engine/check.ts";
import { describeChanges } from "../engine/adopt.ts";
import { leaves } from "../engine/leaves.ts";
import type { Properties, Value } from "../engine/value.ts";
import { resources } from "./index.ts";

// Whatever a program gives, no message of the provider quotes a credential that stands in it.

const secret = "S3cretS3cretS3cret";
const hostile: readonly Value[] = [
  `https://user:${secret}@x.example/a`,
  `ftp://user:${secret}@x.example/a`,
  `http://x.example/?token=${secret}`,
  `AC${"1".repeat(32)}:${secret}`,
  `Bearer ${secret}`,
  { password: secret, deep: { apiKey: secret } },
  [{ token: secret }],
  [`https://user:${secret}@x.example/a`],
];

test.each(resources.map((definition) => [definition.token, definition] as const))("%s", (_, definition) => {
  const leaks: string[] = [];
  const names = [...Object.keys(definition.parents), ...Object.keys(definition.inputs), "unknown", "adopt"];
  for (const name of names) {
    for (const value of hostile) {
      const nested: readonly Value[] = [value, { inner: value }, { [name]: value }] as Value[];
      for (const given of nested) {
        const inputs: Properties = { [name]: given };
        for (const { reason } of check(definition, inputs)) if (reason.includes(secret)) leaks.push(reason);
      }
    }
  }
  for (const leaf of leaves(definition).inputs)
    for (const value of hostile) {
      const text = describeChanges("changed", [{ leaf, from: value, to: value, removed: false }]);
      if (text.includes(secret)) leaks.push(text);
    }
  expect(leaks).toEqual([]);
});

/** The documents of workflows and flows, with a value in the place of each of their parts. */
test.each<[string, string, (value: Value) => Value]>([
  ["twilio:taskrouter:Workflow", "configuration", (value) => ({ task_routing: value })],
  [
    "twilio:taskrouter:Workflow",
    "configuration",
    (value) => ({ task_routing: { default_filter: { queue: value } } }),
  ],
  [
    "twilio:taskrouter:Workflow",
    "configuration",
    (value) => ({
      task_routing: { filters: [{ expression: value, targets: [{ queue: value, timeout: value }] }] },
    }),
  ],
  [
    "twilio:studio:Flow",
    "definition",
    (value) => ({ initial_state: value, states: [{ name: value, type: value }] }),
  ],
  [
    "twilio:studio:Flow",
    "definition",
    (value) => ({
      initial_state: "a",
      states: [
        { name: "a", type: "trigger", transitions: [{ event: value, next: value }], properties: value },
      ],
    }),
  ],
])("%s %s", (token, property, document) => {
  const definition = resources.find((one) => one.token === token)!;
  const said = hostile.flatMap((value) =>
    check(definition, { [property]: document(value) }).map(
      ({ path, reason }) => `${path.join(".")} ${reason}`,
    ),
  );
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((text) => text.includes(secret))).toEqual([]);
});
