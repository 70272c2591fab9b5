import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "@jest/globals";
import { corrections } from "./corrections.ts";
import type { Correction } from "./corrections.ts";
import { toJsonSchema } from "./jsonSchema.ts";
import { linkNames } from "./linkNames.ts";
import { operationAt, operations, products } from "./openapi.ts";
import type { Operation, Product, ResponseDescription, Schema } from "./openapi.ts";
import { parameterCorrections } from "./parameterCorrections.ts";
import { judgeBy } from "./response.ts";

/** Collections whose answers the local Twilio gives; elsewhere some of Twilio's examples break its own schemas. */
const collections: readonly (readonly [Product, string])[] = [
  ["taskrouter_v1", "/v1/Workspaces"],
  ["chat_v2", "/v2/Services"],
  ["conversations_v1", "/v1/Configuration"],
  ["conversations_v1", "/v1/Services"],
  ["conversations_v1", "/v1/Conversations"],
  ["conversations_v1", "/v1/ParticipantConversations"],
  ["conversations_v1", "/v1/ConversationWithParticipants"],
  ["conversations_v1", "/v1/Credentials"],
  ["conversations_v1", "/v1/Roles"],
  ["conversations_v1", "/v1/Users"],
  ["proxy_v1", "/v1/Services"],
  ["studio_v2", "/v2/Flows"],
  ["flex_v1", "/v1/FlexFlows"],
  ["flex_v1", "/v1/Configuration"],
  ["flex_v1", "/v1/Interactions"],
  ["flex_v2", "/v2/WebChats"],
  ["api_v2010", "/2010-04-01/Accounts.json"],
  ["api_v2010", "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json"],
  ...["Local", "Mobile", "TollFree"].map(
    (kind) => ["api_v2010", `/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/${kind}.json`] as const,
  ),
  ["api_v2010", "/2010-04-01/Accounts/{AccountSid}/Messages.json"],
  ["messaging_v1", "/v1/Services"],
];

const isBelow = ({ product, path }: Operation): boolean =>
  collections.some(
    ([owner, collection]) =>
      product === owner &&
      (path === collection ||
        (product === "api_v2010"
          ? path === collection.replace(".json", "/{Sid}.json")
          : path.startsWith(`${collection}/`))),
  );

/** Problems of the examples of one operation with its schemas corrected by `corrected`. */
const exampleProblems = (operation: Operation, corrected: readonly Correction[]): string[] =>
  [...operation.responses.values()].flatMap(({ schema, examples }: ResponseDescription) => {
    if (schema === undefined) return [];
    const judge = judgeBy(toJsonSchema(operation.product, schema, corrected));
    return Object.entries(examples).flatMap(([name, example]) =>
      judge(example).map(({ at, problem }) => `${operation.operationId} ${name}: ${at} ${problem}`),
    );
  });

const propertyOf = ({ product, schema, property }: Correction): Schema | undefined => {
  const [, owner = "", links = ""] = /^(.*)\.(links|subresource_uris)$/.exec(schema) ?? [];
  if (linkNames(product, owner, links)?.has(property)) return { type: "string", format: "uri" };
  const found = (node: Schema | undefined): Schema | undefined =>
    node === undefined || node.name === schema
      ? node
      : [node.items, ...Object.values(node.properties ?? {})]
          .map((child) => child && found(child))
          .find(Boolean);
  return operations(product)
    .flatMap(({ responses }) => [...responses.values()])
    .map(({ schema: root }) => found(root))
    .find((node) => node !== undefined)?.properties?.[property];
};

/** The types that the package twilio has for a schema: `studio.v2.flow.flow_revision` is in `flow/flowRevision.d.ts`. */
const typesOf = (schema: string): string =>
  readFileSync(
    createRequire(import.meta.url).resolve(
      `twilio/lib/rest/${schema.replaceAll(".", "/").replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}.d.ts`,
    ),
    "utf8",
  );

test.each(products)("%s: Twilio's own examples conform", (product) => {
  const judged = operations(product).filter(isBelow);
  expect(judged.length).toBeGreaterThan(product === "flex_v2" ? 0 : 2);
  expect(judged.flatMap((operation) => exampleProblems(operation, corrections))).toEqual([]);
});

describe("corrections", () => {
  // In one test: as often as not, the documents know all that the package does.
  test("what the package twilio alone knows is missing in the document", () => {
    for (const correction of corrections.filter(({ source }) => source === "twilio")) {
      expect(propertyOf(correction)).toBeUndefined();
      expect(typesOf(correction.schema)).toMatch(new RegExp(`^ +${correction.property}: `, "m"));
    }
  });

  test("what clients alone know is missing in the document", () => {
    for (const correction of corrections.filter(({ source }) => source === "clients"))
      expect(propertyOf(correction)).toBeUndefined();
  });

  test.each(corrections.filter(({ source }) => source !== "twilio" && source !== "clients"))(
    "$schema $property is documented and changes the document",
    (correction) => {
      const documented = propertyOf(correction);
      expect(documented).toBeDefined();
      const change = { ...documented, ...correction.change };
      if (correction.optional !== true) expect(change).not.toEqual(documented);
    },
  );

  test.each(corrections.filter(({ source }) => source === "examples"))(
    "without that of $schema $property Twilio's examples fail",
    (correction) => {
      const others = corrections.filter((other) => other !== correction);
      const found = operations(correction.product)
        .filter(isBelow)
        .flatMap((operation) => exampleProblems(operation, others));
      expect(found.length).toBeGreaterThan(0);
      for (const problem of found) expect(problem).toContain(correction.property);
    },
  );
});

test.each(parameterCorrections)("$operationIds take $parameter, otherwise than documented", (correction) => {
  for (const id of correction.operationIds) {
    const operation = operations(correction.product).find(({ operationId }) => operationId === id);
    const names = operation?.parameters.map(({ name }) => name) ?? [];
    expect(names.includes(correction.parameter)).toBe(correction.source !== "twilio");
  }
});

test("a correction of one schema leaves others alone", () => {
  const service = operationAt("messaging_v1", "GET", "/v1/Services/{Sid}").responses.get(200)?.schema ?? {};
  expect(toJsonSchema("messaging_v1", service, corrections)).toEqual(
    toJsonSchema("messaging_v1", service, []),
  );
});
