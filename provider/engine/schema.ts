import type { ResourceDefinition } from "./definition.ts";
import type { Field, Fields, Leaf } from "./field.ts";
import { isAdoptable, ownInputs } from "./ownInputs.ts";
import { settings } from "./settings.ts";
import type { Setting } from "./settings.ts";

type Schema = { [key: string]: unknown };

/** The Pulumi package schema of a set of resources: types and docs of every language's SDK. */
export function packageSchema(definitions: readonly ResourceDefinition[], version: string): Schema {
  const types: Schema = {};
  const resources = Object.fromEntries(definitions.map((one) => [one.token, resourceSchema(one, types)]));
  const functions = Object.fromEntries(
    definitions.map((one) => [lookupToken(one), lookupSchema(one, types)]),
  );
  const variables = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, settingSchema(setting)]),
  );
  return {
    name: "twilio",
    displayName: "Twilio",
    version,
    description: "Twilio resources behind a Flex 1.x contact centre: TaskRouter, Chat, Proxy, Studio, Flex.",
    keywords: ["pulumi", "twilio", "flex", "category/cloud", "kind/native"],
    license: "Apache-2.0",
    language: {
      nodejs: {
        packageName: "@pulumi/twilio",
        respectSchemaVersion: true,
        dependencies: { "@pulumi/pulumi": "^3.259.0" },
        // The one the project has anyway: linking the SDK then installs no second compiler.
        typescriptVersion: "^6.0.0",
      },
    },
    config: { variables },
    provider: {
      description: "An account at Twilio and how to reach it.",
      inputProperties: variables,
    },
    types,
    resources,
    functions,
  };
}

/** `twilio:taskrouter:getTaskQueue` for `twilio:taskrouter:TaskQueue`. */
export function lookupToken(definition: ResourceDefinition): string {
  return definition.token.replace(/:([^:]+)$/, ":get$1");
}

function settingSchema(setting: Setting): Schema {
  const limits =
    setting.min !== undefined ? ` From ${setting.min} to ${setting.max}, default ${setting.default}.` : "";
  const env = setting.env !== undefined ? ` Default: the environment variable \`${setting.env}\`.` : "";
  return {
    type: setting.type,
    description: setting.description + limits + env,
    ...(setting.secret === true && { secret: true }),
  };
}

function resourceSchema(definition: ResourceDefinition, types: Schema): Schema {
  const inputs: Fields = { ...parentFields(definition), ...definition.inputs, ...ownInputs(definition) };
  const outputs = outputFields(definition);
  return {
    description: resourceDescription(definition),
    inputProperties: propertySchemas(inputs, "input", definition, types),
    requiredInputs: names(inputs, (field) => field.required === true),
    properties: propertySchemas(outputs, "output", definition, types),
    required: names(outputs, alwaysThere),
  };
}

function lookupSchema(definition: ResourceDefinition, types: Schema): Schema {
  const keys = new Set(definition.keys?.flatMap((key) => key.inputs));
  const byKey = Object.entries(definition.inputs).filter(([name]) => keys.has(name));
  const optional = byKey.map(([name, field]) => [name, { ...field, required: false }] as const);
  const inputs: Fields = {
    ...parentFields(definition),
    ...(definition.sid !== undefined && { sid: sidField(definition.sid, "SID of the resource to get.") }),
    ...Object.fromEntries(optional),
  };
  const { adopted: _, ...outputs } = outputFields(definition);
  const what = definition.token.split(":")[2]!;
  const by = lookupWays(definition);
  return {
    description: `Looks up a ${what}${by}. None, or several that match, is an error.`,
    inputs: {
      type: "object",
      properties: propertySchemas(inputs, "input", definition, types),
      required: names(inputs, (field) => field.required === true),
    },
    outputs: {
      type: "object",
      properties: {
        id: { type: "string", description: "Pulumi id of the resource, as `import` takes it." },
        ...propertySchemas(outputs, "output", definition, types),
      },
      required: ["id", ...names(outputs, alwaysThere)],
    },
  };
}

function lookupWays(definition: ResourceDefinition): string {
  const ways = (definition.keys ?? []).map((key) => key.inputs.map((name) => `\`${name}\``).join(" and "));
  if (definition.sid !== undefined) ways.unshift("`sid`");
  return ways.length === 0 ? "" : ` by ${ways.join(", or by ")}`;
}

function parentFields(definition: ResourceDefinition): Fields {
  return Object.fromEntries(
    Object.entries(definition.parents).map(([name, { prefix, description }]) => [
      name,
      { ...sidField(prefix, description), required: true, createOnly: true },
    ]),
  );
}

const sidField = (prefix: string, description: string): Leaf => ({
  kind: "sid",
  prefixes: [prefix],
  description,
});

/** What the state of a resource holds: everything but settings of this provider and instructions. */
function outputFields(definition: ResourceDefinition): Fields {
  return {
    ...parentFields(definition),
    ...(definition.sid !== undefined && {
      sid: { ...sidField(definition.sid, "SID of the resource."), required: true, stable: true },
    }),
    ...Object.fromEntries(
      Object.entries(definition.inputs).filter(
        ([, field]) => field.kind === "object" || !(field.local || field.instructionFor),
      ),
    ),
    ...definition.outputs,
    ...(isAdoptable(definition) && {
      adopted: {
        kind: "bool",
        description: "Whether the resource was there before and was taken over.",
        required: true,
      },
    }),
  };
}

function alwaysThere(field: Field): boolean {
  if (field.required === true) return true;
  return field.kind !== "object" && (field.default !== undefined || field.computed !== undefined);
}

function names(fields: Fields, wanted: (field: Field) => boolean): string[] {
  return Object.entries(fields).flatMap(([name, field]) => (wanted(field) ? [name] : []));
}

type Direction = "input" | "output";

function propertySchemas(
  fields: Fields,
  direction: Direction,
  definition: ResourceDefinition,
  types: Schema,
  prefix: string = definition.token,
): Schema {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      propertySchema(field, direction, `${prefix}${capital(name)}`, definition, types),
    ]),
  );
}

function propertySchema(
  field: Field,
  direction: Direction,
  typeToken: string,
  definition: ResourceDefinition,
  types: Schema,
): Schema {
  if (field.kind === "object") {
    types[typeToken] ??= {
      type: "object",
      description: field.description,
      properties: propertySchemas(field.fields, direction, definition, types, typeToken),
      required: names(field.fields, (one) => one.required === true),
    };
    return { $ref: `#/types/${typeToken}`, description: field.description };
  }
  return {
    ...leafType(field, direction),
    description: describe(field, direction),
    ...(field.secret === true && { secret: true }),
    ...(direction === "input" && field.createOnly === true && { willReplaceOnChanges: true }),
  };
}

const anyValue = { $ref: "pulumi.json#/Any" };

function leafType(field: Leaf, direction: Direction): Schema {
  switch (field.kind) {
    case "int":
      return { type: "integer" };
    case "bool":
      return { type: "boolean" };
    case "set":
      return { type: "array", items: { type: "string" } };
    case "json": {
      if (field.shape === "any") return anyValue;
      const value =
        field.shape === "array"
          ? { type: "array", items: anyValue }
          : { type: "object", additionalProperties: anyValue };
      return direction === "output" ? value : { oneOf: [value, { type: "string" }] };
    }
    case "text":
    case "choice":
    case "url":
    case "sid":
    case "time":
      return { type: "string" };
  }
}

/** The description with everything else that is known of the property, in words. */
export function describe(field: Leaf, direction: Direction): string {
  const facts = direction === "input" ? [...rangeFacts(field), ...lifeFacts(field)] : rangeFacts(field);
  return [field.description, ...facts].join(" ");
}

function rangeFacts(field: Leaf): string[] {
  switch (field.kind) {
    case "choice":
      return [`One of ${field.values.map((value) => `\`${value}\``).join(", ")}.`];
    case "sid":
      return [`A SID: ${field.prefixes.map((prefix) => `${prefix}…`).join(" or ")}.`];
    case "int":
      if (field.min !== undefined && field.max !== undefined) return [`From ${field.min} to ${field.max}.`];
      if (field.min !== undefined) return [`At least ${field.min}.`];
      return field.max !== undefined ? [`At most ${field.max}.`] : [];
    case "set":
      return [
        ...(field.values ? [`Any of ${field.values.map((value) => `\`${value}\``).join(", ")}.`] : []),
        ...(field.maxItems !== undefined ? [`At most ${field.maxItems}.`] : []),
        "Order has no meaning.",
      ];
    case "text":
      return field.maxLength !== undefined ? [`At most ${field.maxLength} characters.`] : [];
    case "bool":
    case "url":
    case "time":
    case "json":
      return [];
  }
}

function lifeFacts(field: Leaf): string[] {
  const facts: string[] = [];
  if (field.default !== undefined) facts.push(`Default: \`${JSON.stringify(field.default)}\`.`);
  if (field.computed !== undefined) facts.push(`Default: ${field.computed}.`);
  if (field.createOnly === true) facts.push("A change replaces the resource.");
  if (field.writeOnly === true) facts.push("Twilio never shows it, so drift of it can't be seen.");
  return facts;
}

function resourceDescription(definition: ResourceDefinition): string {
  const [, module, name] = definition.token.split(":") as [string, string, string];
  const id = [...Object.values(definition.parents).map((one) => one.prefix), definition.sid ?? []]
    .flat()
    .map((prefix) => `${prefix}…`)
    .join("/");
  return `${definition.description}

See [Twilio's documentation](${definition.docs}).

{{% examples %}}
## Example Usage
{{% example %}}
\`\`\`typescript
import * as twilio from "@pulumi/twilio";

${definition.example}
\`\`\`
{{% /example %}}
{{% /examples %}}

## Import

\`\`\`sh
$ pulumi import twilio:${module}:${name} my-name ${id || "AC…"}
\`\`\`
`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
