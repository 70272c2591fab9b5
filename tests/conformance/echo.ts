import { isDeepStrictEqual } from "node:util";
import { parseParameters } from "./exchange.ts";
import type { Exchange } from "./exchange.ts";
import type { Operation, Product, Schema } from "./openapi.ts";
import type { Problem } from "./problem.ts";

/** Parameters that are answered under another name than their own in snake case. */
const renamed: readonly {
  readonly product: Product;
  readonly parameter: string;
  readonly property: string;
}[] = [
  { product: "chat_v2", parameter: "Permission", property: "permissions" },
  { product: "conversations_v1", parameter: "Permission", property: "permissions" },
  { product: "taskrouter_v1", parameter: "Capacity", property: "configured_capacity" },
];

/** Parameters that ask for something, and are answered by what came of it. */
const answeredByResult: readonly {
  readonly product: Product;
  readonly operationIds: readonly string[];
  readonly parameters: readonly string[];
}[] = [
  { product: "flex_v1", operationIds: ["CreateInteraction"], parameters: ["Channel", "Routing"] },
  { product: "flex_v1", operationIds: ["CreateInteractionChannelInvite"], parameters: ["Routing"] },
];

/** Parameters that this text takes away. */
const nothing = "null";
const isCleared = /^MessagingBinding\./;

/**
 * Twilio answers a create or update with the values it was given: `FriendlyName=Billing` comes back as
 * `friendly_name`. Lists the values that come back changed, or not at all. Empty ones clear, and are not looked at.
 */
export function echoProblems(operation: Operation, exchange: Exchange): Problem[] {
  return operation.requestType === "application/json"
    ? jsonProblems(exchange)
    : formProblems(operation, exchange);
}

function formProblems(
  { product, operationId, responses }: Operation,
  { requestBody, status, responseBody }: Exchange,
): Problem[] {
  const answer = responses.get(status)?.schema;
  const problems: Problem[] = [];
  for (const [name, values] of parseParameters(requestBody)) {
    const path = propertyOf(product, name);
    const schema = answer?.properties?.[path[0] ?? ""];
    const clears = (value: string): boolean => value === "" || (value === nothing && isCleared.test(name));
    const isRequest = answeredByResult.some(
      (known) =>
        known.product === product &&
        known.operationIds.includes(operationId) &&
        known.parameters.includes(name),
    );
    if (schema === undefined || isRequest || values.every(clears)) continue;
    const echoed = path.reduce<unknown>(
      (value, key) => (isObject(value) ? value[key] : undefined),
      responseBody,
    );
    if (isEcho(values, echoed, path.length === 1 ? schema : {})) continue;
    problems.push({ at: `body ${path.join(".")}`, problem: `does not echo ${name}`, value: echoed });
  }
  return problems;
}

/** The names in a JSON body are those of the answer. */
function jsonProblems({ requestBody, responseBody }: Exchange): Problem[] {
  const sent = parse(requestBody);
  if (!isObject(sent) || !isObject(responseBody)) return [];
  return Object.entries(sent)
    .filter(
      ([name, value]) =>
        value !== null && name in responseBody && !isDeepStrictEqual(value, responseBody[name]),
    )
    .map(([name]) => ({
      at: `body ${name}`,
      problem: "does not echo what was sent",
      value: responseBody[name],
    }));
}

function propertyOf(product: Product, parameter: string): readonly string[] {
  const found = renamed.find(
    (candidate) => candidate.product === product && candidate.parameter === parameter,
  );
  return found === undefined ? parameter.split(".").map(snakeCase) : [found.property];
}

function isEcho(values: readonly string[], echoed: unknown, schema: Schema): boolean {
  if (Array.isArray(echoed)) return isDeepStrictEqual(values.toSorted(), echoed.map(String).toSorted());
  const [value = ""] = values;
  switch (typeof echoed) {
    case "boolean":
      return ["true", "1", "yes"].includes(value.toLowerCase()) === echoed;
    case "number":
      return Number(value) === echoed;
    case "string":
      if (schema.format === "date-time") return Date.parse(value) === Date.parse(echoed);
      // Truth values are answered as text too: chat credentials have `"sandbox": "False"`.
      if (/^(true|false)$/i.test(echoed)) return value.toLowerCase() === echoed.toLowerCase();
      return value === echoed || (isObject(parse(value)) && isDeepStrictEqual(parse(value), parse(echoed)));
    default:
      return isDeepStrictEqual(parse(value), echoed);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `DefaultTtl` → `default_ttl`. */
const snakeCase = (name: string): string => name.replace(/(?<=.)(?=[A-Z])/g, "_").toLowerCase();
