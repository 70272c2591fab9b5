import { parseParameters } from "./exchange.ts";
import type { Exchange, SentParameters } from "./exchange.ts";
import { formats } from "./formats.ts";
import type { MatchedOperation, Parameter, Schema } from "./openapi.ts";
import { isAccepted } from "./parameterCorrections.ts";
import type { Problem } from "./problem.ts";

/** What is wrong with a request that was answered with success; one that was refused may be as wrong as it likes. */
export function requestProblems(
  { operation, pathParameters }: MatchedOperation,
  exchange: Exchange,
): Problem[] {
  const problems: Problem[] = [];
  const { contentType = "", requestBody } = exchange;
  const { requestType } = operation;
  if (requestBody !== "" && requestType !== undefined && contentType.split(";")[0]?.trim() !== requestType) {
    problems.push({ at: "Content-Type", problem: `must be ${requestType}`, value: contentType });
  }
  const form = parseParameters(requestType === "application/json" ? "" : requestBody);
  const path = new Map(Object.entries(pathParameters).map(([name, value]) => [name, [value]]));
  const places: readonly (readonly [Parameter["in"], SentParameters])[] = [
    ["path", path],
    ["query", parseParameters(exchange.query)],
    ["form", form],
  ];
  for (const [place, sent] of places) {
    const documented = operation.parameters.filter((parameter) => parameter.in === place);
    for (const [name, values] of sent) {
      const parameter = documented.find((candidate) => candidate.name === name);
      const problem = parameter === undefined ? "is not documented" : valuesProblem(parameter, values);
      const value = values.length === 1 ? values[0] : values;
      if (problem === undefined || (typeof value === "string" && isAccepted(operation, name, value)))
        continue;
      problems.push({ at: `${place} ${name}`, problem, value });
    }
    for (const { name, required } of documented) {
      if (required && !sent.has(name)) {
        problems.push({ at: `${place} ${name}`, problem: "is required but was not sent", value: undefined });
      }
    }
  }
  for (const names of operation.requireOneOf) {
    if (!names.some((name) => form.has(name))) {
      problems.push({ at: "form", problem: `has none of ${names.join(", ")}`, value: undefined });
    }
  }
  return problems;
}

function valuesProblem(parameter: Parameter, values: readonly string[]): string | undefined {
  const { type, items = {} } = parameter.schema;
  if (type !== "array" && values.length !== 1) return "was sent more than once";
  // An empty value clears a property, whatever its type.
  if (parameter.in === "form" && !parameter.required && values.every((value) => value === ""))
    return undefined;
  return values
    .map((value) => textProblem(type === "array" ? items : parameter.schema, value))
    .find((problem) => problem !== undefined);
}

/** Why a text is no value of a schema, or undefined. */
function textProblem(schema: Schema, text: string): string | undefined {
  switch (schema.type) {
    case undefined: // any JSON
    case "object":
    case "array":
      return isJson(text) ? undefined : "is not JSON";
    case "boolean":
      return text === "true" || text === "false" ? undefined : "is neither true nor false";
    case "integer":
      return /^-?\d+$/.test(text) ? rangeProblem(schema, Number(text)) : "is no integer";
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) ? rangeProblem(schema, Number(text)) : "is no number";
    case "string":
      return stringProblem(schema, text);
  }
}

function rangeProblem({ minimum, maximum }: Schema, value: number): string | undefined {
  if (minimum !== undefined && value < minimum) return `is below ${minimum}`;
  if (maximum !== undefined && value > maximum) return `is above ${maximum}`;
  return undefined;
}

function stringProblem(schema: Schema, text: string): string | undefined {
  const { enum: values, pattern, maxLength, format = "" } = schema;
  if (values !== undefined && !values.includes(text)) return `is none of ${values.join(", ")}`;
  if (pattern !== undefined && !new RegExp(pattern).test(text)) return `does not match ${pattern}`;
  if (maxLength !== undefined && text.length > maxLength) return `is longer than ${maxLength} characters`;
  const isWellFormed = schema["x-twilio"]?.ignoreFormat ? undefined : formats[format];
  return isWellFormed === undefined || isWellFormed(text) ? undefined : `is no ${format}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
