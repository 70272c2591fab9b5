import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";

import type { ResourceDefinition } from "./engine/definition.ts";
import { leaves } from "./engine/leaves.ts";
import { sdkClient } from "./http/sdkClient.ts";
import type { SdkRequest } from "./http/transport.ts";
import { resources } from "./resources/index.ts";

/** Twilio's own description of its API, as far as it is used here. */
interface Document {
  paths: { [path: string]: { [method: string]: Operation | undefined } };
  components: { schemas: { [name: string]: Schema } };
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; schema?: { maximum?: number } }[];
  requestBody?: { content: { [type: string]: { schema: Schema } } };
  responses: { [status: string]: { content?: { [type: string]: { schema: Schema } } } };
}
interface Schema {
  $ref?: string;
  items?: Schema;
  properties?: { [name: string]: Schema };
}

const folder = join(
  dirname(createRequire(import.meta.url).resolve("@twilio/cli-core/package.json")),
  "src/services/twilio-api",
);
const documents = new Map<string, Document>();

function documentOf({ openApi }: ResourceDefinition): Document {
  const { document } = openApi;
  if (!documents.has(document)) {
    documents.set(
      document,
      JSON.parse(readFileSync(join(folder, `twilio_${document}.json`), "utf8")) as Document,
    );
  }
  return documents.get(document)!;
}

function operationOf(definition: ResourceDefinition, id: string): Operation {
  const found = Object.values(documentOf(definition).paths)
    .flatMap((methods) => Object.values(methods))
    .find((operation) => operation?.operationId === id);
  if (found === undefined) throw new Error(`${definition.openApi.document} has no operation ${id}`);
  return found;
}

function resolve(definition: ResourceDefinition, schema: Schema | undefined): Schema {
  if (schema?.$ref === undefined) return schema ?? {};
  return documentOf(definition).components.schemas[schema.$ref.split("/").pop()!] ?? {};
}

/** Parameters of an operation but those of the path: in headers and body. */
function requestParams(definition: ResourceDefinition, id: string | undefined): string[] {
  if (id === undefined) return [];
  const operation = operationOf(definition, id);
  const others = (operation.parameters ?? []).filter((parameter) => parameter.in !== "path");
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return [...others.map(({ name }) => name), ...Object.keys(resolve(definition, body).properties ?? {})];
}

function schemaOf(definition: ResourceDefinition, { responses }: Operation): Schema {
  const content = Object.values(responses)[0]?.content ?? {};
  return resolve(definition, Object.values(content)[0]?.schema);
}

function responseFields(definition: ResourceDefinition): string[] {
  const operation = operationOf(definition, definition.openApi.fetch);
  return Object.keys(schemaOf(definition, operation).properties ?? {});
}

/** Path and operation of the list that a resource stands in. */
function listOf(definition: ResourceDefinition): [path: string, operation: Operation] {
  const { paths } = documentOf(definition);
  const isFetch = (operation: Operation | undefined) => operation?.operationId === definition.openApi.fetch;
  const [one = ""] = Object.entries(paths).find(([, methods]) => Object.values(methods).some(isFetch)) ?? [];
  const path = one.replace(/\/\{[^/}]*\}(\.json)?$/, "$1");
  return [path, paths[path]!["get"]!];
}

/** `Notifications.NewMessage.Enabled` as the SDK calls it: `notifications.newMessage.enabled`. */
const sdkName = (param: string): string =>
  param
    .split(".")
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .join(".");
const camelCase = (field: string): string =>
  field.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

describe.each(resources.map((definition) => [definition.token, definition] as const))(
  "%s",
  (_token, definition) => {
    const { inputs, outputs } = leaves(definition);
    const { create, update, excludedParams = {}, excludedFields = {} } = definition.openApi;
    const params = new Set([create, update].flatMap((id) => requestParams(definition, id)));
    const fields = responseFields(definition);
    const inputParams = new Set(inputs.map(({ param }) => param));

    test("every parameter is an input, or excluded for a reason", () => {
      const missing = [...params].filter(
        (param) => !inputParams.has(sdkName(param)) && !(param in excludedParams),
      );
      expect(missing).toEqual([]);
    });

    test("every response field is shown, or excluded for a reason", () => {
      const shown = new Set([
        "sid",
        ...Object.keys(definition.parents),
        ...inputs.filter(({ field }) => field.writeOnly !== true).map(({ response }) => response[0]),
        ...outputs.map(({ response }) => response[0]),
      ]);
      const instructions = inputs.filter(({ field }) => field.instructionFor).map(({ name }) => name);
      const missing = fields.filter(
        (field) =>
          field !== "links" &&
          !shown.has(camelCase(field)) &&
          !instructions.includes(camelCase(field)) &&
          !(field in excludedFields),
      );
      expect(missing).toEqual([]);
    });

    test("what is excluded exists, and is not an input or output as well", () => {
      expect(Object.keys(excludedParams).filter((param) => !params.has(param))).toEqual([]);
      expect(Object.keys(excludedParams).filter((param) => inputParams.has(sdkName(param)))).toEqual([]);
      expect(Object.keys(excludedFields).filter((field) => !fields.includes(field))).toEqual([]);
    });

    test("inputs are parameters, and what is read is answered", () => {
      // Twilio does not describe the body of Flex Configuration, which has the fields of the response.
      const described = params.size === 0 ? fields.map(camelCase) : [...params].map(sdkName);
      const own = inputs.filter(({ field }) => field.local !== true).map(({ param }) => param);
      expect(own.filter((param) => !described.includes(param) && !fromKey(definition, param))).toEqual([]);
      const read = [
        ...inputs.filter(({ field }) => !field.writeOnly && !field.local && !field.instructionFor),
        ...outputs,
      ];
      expect(
        read.filter(({ response }) => !fields.map(camelCase).includes(response[0]!)).map(({ name }) => name),
      ).toEqual([]);
    });

    test("a list has all that a fetch has, and its pages are as large as Twilio's", async () => {
      const asked: SdkRequest[] = [];
      const http = {
        request: async (request: SdkRequest) => {
          asked.push(request);
          return {
            statusCode: 200,
            body: JSON.stringify({ meta: { key: "items" }, items: [] }),
            headers: {},
          };
        },
      };
      const accountSid = `AC${"1".repeat(32)}`;
      const client = await sdkClient({ username: accountSid, password: "hush", accountSid, http });
      const parents = Object.fromEntries(
        Object.entries(definition.parents).map(([name, { prefix }]) => [name, prefix + "1".repeat(32)]),
      );
      const { page, list } = definition.at(client, parents);
      expect(page === undefined).toBe(list === undefined);
      if (page === undefined) return;
      await page();
      const sids = Object.values(parents);
      const [path = "", described] = listOf(definition);
      const { maximum } = (described.parameters ?? []).find(({ name }) => name === "PageSize")!.schema!;
      expect(
        asked.map(({ uri, params }) => [new URL(uri).pathname, Reflect.get(params ?? {}, "PageSize")]),
      ).toEqual([
        [
          path
            .replace("{AccountSid}", accountSid)
            // What is in something has its SID in the path, under a name of Twilio's; the order is the same.
            .replace(/\{\w+\}/g, () => sids.shift() ?? ""),
          maximum,
        ],
      ]);
      const items = Object.values(schemaOf(definition, described).properties ?? {}).flatMap(
        ({ items }) => items ?? [],
      );
      expect(items.map((item) => Object.keys(resolve(definition, item).properties ?? {}))).toEqual([fields]);
    });

    test("create-only and update-only are as Twilio's operations have it", () => {
      const created = new Set(requestParams(definition, create).map(sdkName));
      const updated = new Set(requestParams(definition, update).map(sdkName));
      if (create === undefined || updated.size === 0) return;
      const own = inputs.filter(
        ({ field, param }) => field.local !== true && (created.has(param) || updated.has(param)),
      );
      for (const { name, param, field } of own) {
        expect([name, "updateOnly", field.updateOnly ?? false]).toEqual([
          name,
          "updateOnly",
          !created.has(param),
        ]);
        // Twilio takes Activity's `available` in an update, and ignores it.
        if (!updated.has(param))
          expect([name, "createOnly", field.createOnly]).toEqual([name, "createOnly", true]);
      }
    });
  },
);

/** Whether a parameter is not sent but tells which one of what is there anyway is meant. */
function fromKey(definition: ResourceDefinition, param: string): boolean {
  return definition.life === "given" && (definition.keys ?? []).some((key) => key.inputs.includes(param));
}
