import { Ajv } from "ajv";
import type { ErrorObject } from "ajv";
import type { Exchange } from "./exchange.ts";
import { formats, uriOf2010 } from "./formats.ts";
import { toJsonSchema } from "./jsonSchema.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import type { Operation, Product, Schema } from "./openapi.ts";
import type { Problem } from "./problem.ts";

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false, // nullable and enum meet in unions of types
  formats: { ...formats, "uri-2010": uriOf2010 },
});

/** Lists what is wrong with a JSON value. */
export type Judge = (body: unknown) => Problem[];

/** Compiles a schema into a judge; slow, so once per schema. */
export function judgeBy(schema: JsonSchema): Judge {
  const validate = ajv.compile(schema);
  return (body) => (validate(body) ? [] : (validate.errors ?? []).map(problemOf));
}

const judgeError = judgeBy({
  type: "object",
  properties: {
    code: { type: "integer" },
    message: { type: "string", minLength: 1 },
    more_info: { type: "string", format: "uri" },
    status: { type: "integer" },
    details: { type: "object" },
  },
  required: ["code", "message", "more_info", "status"],
  additionalProperties: false,
});

const judges = new Map<Schema, Judge>();

function judgeOf(product: Product, schema: Schema): Judge {
  let judge = judges.get(schema);
  if (judge === undefined) judges.set(schema, (judge = judgeBy(toJsonSchema(product, schema))));
  return judge;
}

/** What is wrong with an answer. */
export function responseProblems(operation: Operation, { status, responseBody: body }: Exchange): Problem[] {
  if (status >= 400) return errorProblems(status, body);
  const response = operation.responses.get(status);
  if (response === undefined) {
    const documented = [...operation.responses.keys()].join(", ");
    return [{ at: "status", problem: `is ${status}, documented: ${documented}`, value: status }];
  }
  const { schema } = response;
  if (schema !== undefined) return judgeOf(operation.product, schema)(body);
  return body === undefined ? [] : [{ at: "body", problem: `must be empty with ${status}`, value: body }];
}

/** What is wrong with the body of an error; they look alike in all of Twilio's products. */
export function errorProblems(status: number, body: unknown): Problem[] {
  const problems = judgeError(body);
  if (problems.length > 0) return problems;
  const error = body as { code: number; status: number; more_info: string };
  if (error.status !== status) {
    problems.push({
      at: "body status",
      problem: `must be that of the answer, ${status}`,
      value: error.status,
    });
  }
  const page = `https://www.twilio.com/docs/errors/${error.code}`;
  if (error.more_info !== page) {
    problems.push({ at: "body more_info", problem: `must be ${page}`, value: error.more_info });
  }
  return problems;
}

/** `/workers/3/attributes` → `workers[].attributes`, so that the same problem in a list counts once. */
const place = (pointer: string, property?: string): string => {
  const names = pointer.split("/").slice(1);
  if (property !== undefined) names.push(property);
  const path = names.map((name) => (/^\d+$/.test(name) ? "[]" : `.${name}`)).join("");
  return `body ${path.replace(/^\./, "")}`.trimEnd();
};

function problemOf({ keyword, instancePath, params, data, message }: ErrorObject): Problem {
  switch (keyword) {
    case "required":
      return {
        at: place(instancePath, String(params["missingProperty"])),
        problem: "is missing",
        value: undefined,
      };
    case "additionalProperties": {
      const name = String(params["additionalProperty"]);
      const value = (data as Record<string, unknown>)[name];
      return { at: place(instancePath, name), problem: "is not documented", value };
    }
    case "enum":
      return {
        at: place(instancePath),
        problem: `is none of ${(params["allowedValues"] as unknown[]).join(", ")}`,
        value: data,
      };
    case "format":
      return { at: place(instancePath), problem: `is no ${String(params["format"])}`, value: data };
    default:
      return { at: place(instancePath), problem: message ?? keyword, value: data };
  }
}
