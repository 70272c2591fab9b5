import { describe, expect, test } from "@jest/globals";

import { thing } from "../testing/thing.ts";
import { describe as describeField, lookupToken, packageSchema } from "./schema.ts";
import { choice, int, set, sid, text } from "./field.ts";

type Resource = {
  inputProperties: { [name: string]: object };
  requiredInputs: string[];
  properties: { [name: string]: object };
  required: string[];
  description: string;
};
const schema = packageSchema([thing], "1.2.3") as {
  resources: { [token: string]: Resource };
  functions: { [token: string]: { inputs: Resource; outputs: Resource } };
  types: { [token: string]: { properties: object } };
  config: { variables: { [name: string]: object } };
};
const { inputProperties, requiredInputs, properties, required, description } = schema.resources[thing.token]!;

describe("a resource", () => {
  test("takes its parents, its inputs and the engine's", () => {
    expect(Object.keys(inputProperties)).toEqual([
      "placeSid",
      ...Object.keys(thing.inputs),
      "adopt",
      "deleteAdopted",
    ]);
    expect(requiredInputs).toEqual(["placeSid", "name"]);
  });

  test("shows everything but settings and instructions", () => {
    const shown = Object.keys(thing.inputs).filter((name) => name !== "hurry");
    expect(Object.keys(properties)).toEqual([
      ...["placeSid", "sid", ...shown],
      ...["accountSid", "dateCreated", "dateUpdated", "url", "version", "adopted"],
    ]);
  });

  test("always has what has a default, or Twilio always answers", () => {
    expect(required).toEqual(
      expect.arrayContaining(["sid", "name", "color", "ownerSid", "version", "adopted"]),
    );
    expect(required).not.toEqual(expect.arrayContaining(["callback"]));
  });

  test("has types: documents may be strings when given, never when shown", () => {
    const document = { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
    expect(inputProperties["rules"]).toMatchObject({ oneOf: [document, { type: "string" }] });
    expect(properties["rules"]).toMatchObject(document);
    expect(inputProperties["tags"]).toMatchObject({ type: "array", items: { type: "string" } });
    expect(inputProperties["limits"]).toMatchObject({ $ref: "#/types/twilio:test:ThingLimits" });
    expect(Object.keys(schema.types["twilio:test:ThingLimits"]!.properties)).toEqual(["max", "perUser"]);
  });

  test("says what replaces it, and how it is imported", () => {
    expect(inputProperties["size"]).toMatchObject({
      willReplaceOnChanges: true,
      description: "Size. Default: `0`. A change replaces the resource.",
    });
    expect(description).toContain("$ pulumi import twilio:test:Thing my-name PL…/TH…");
  });
});

test("a look-up takes the parent, and the SID or the name", () => {
  const { inputs, outputs } = schema.functions[lookupToken(thing)]!;
  expect(Object.keys(inputs.properties)).toEqual(["placeSid", "sid", "name"]);
  expect(inputs.required).toEqual(["placeSid"]);
  expect(Object.keys(outputs.properties)).toEqual([
    "id",
    ...Object.keys(properties).filter((name) => name !== "adopted"),
  ]);
});

test("credentials are secret", () => {
  const secret = Object.entries(schema.config.variables).filter(([, variable]) => "secret" in variable);
  expect(secret.map(([name]) => name)).toEqual(["authToken", "apiSecret"]);
});

describe("a description has everything that is known", () => {
  const cases = [
    [int("N.", { min: 1, max: 5, default: 2 }), "N. From 1 to 5. Default: `2`."],
    [int("N.", { min: 1 }), "N. At least 1."],
    [choice("C.", ["a", "b"]), "C. One of `a`, `b`."],
    [sid("S.", ["WQ", "WW"], { computed: "any queue" }), "S. A SID: WQ… or WW…. Default: any queue."],
    [set("S.", { values: ["a"], maxItems: 2 }), "S. Any of `a`. At most 2. Order has no meaning."],
    [
      text("T.", { maxLength: 3, writeOnly: true }),
      "T. At most 3 characters. Twilio never shows it, so drift of it can't be seen.",
    ],
  ] as const;
  for (const [field, expected] of cases)
    test(expected, () => expect(describeField(field, "input")).toBe(expected));
});
