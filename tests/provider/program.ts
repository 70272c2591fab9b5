/** The program of every test stack: declares what the file named by TEST_PROGRAM lists. */
import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";

import type { Input } from "./case.ts";
import type { Declaration } from "./testStack.ts";

type Constructor = new (
  name: string,
  args: object,
  options: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;
type LookUp = (args: object) => pulumi.Output<object>;
const modules = twilio as unknown as { [module: string]: { [name: string]: unknown } };

const declarations = JSON.parse(readFileSync(process.env["TEST_PROGRAM"] ?? "", "utf8")) as Declaration[];
const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
const declared = new Map<string, pulumi.CustomResource>();

/** What was looked up, an output of the stack. */
export const lookUps: { [name: string]: pulumi.Output<object> } = {};
for (const { name, token, inputs, lookUp } of declarations) {
  if (lookUp === true) lookUps[name] = fromSdk<LookUp>(token, "get", "Output")(resolved(inputs) as object);
  else declare(name);
}

/** Declares a resource, after those that it refers to. */
function declare(name: string): pulumi.CustomResource {
  const there = declared.get(name);
  if (there !== undefined) return there;
  const declaration = byName.get(name);
  if (declaration === undefined) throw new Error(`The program declares no resource named ${name}`);
  const Resource = fromSdk<Constructor>(declaration.token);
  const resource = new Resource(name, resolved(declaration.inputs) as object, {
    import: declaration.import,
    ...declaration.options,
  });
  declared.set(name, resource);
  return resource;
}

function fromSdk<T>(token: string, before = "", after = ""): T {
  const [, module = "", type = ""] = token.split(":");
  const found = modules[module]?.[before + type + after];
  if (found === undefined) throw new Error(`The SDK has no ${token}: generate it with npm run sdk`);
  return found as T;
}

/** Puts outputs in place of references to them, and secrets in place of `{ $secret: value }`. */
function resolved(input: Input): unknown {
  if (Array.isArray(input)) return input.map(resolved);
  if (typeof input !== "object" || input === null) return input;
  if (typeof input["$ref"] === "string") {
    const [name = "", output = ""] = input["$ref"].split(".");
    return (declare(name) as unknown as Record<string, pulumi.Output<unknown>>)[output];
  }
  if (input["$secret"] !== undefined) return pulumi.secret(resolved(input["$secret"]));
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, resolved(value)]));
}
