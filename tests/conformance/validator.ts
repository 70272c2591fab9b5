import { echoProblems } from "./echo.ts";
import { parseParameters } from "./exchange.ts";
import type { Exchange } from "./exchange.ts";
import { matchOperation, productOfHost } from "./openapi.ts";
import type { Problem } from "./problem.ts";
import { requestProblems } from "./request.ts";
import { isAskedByFlexUi, isKnownUndocumented } from "./undocumented.ts";
import { errorProblems, responseProblems } from "./response.ts";

/** A problem, how often it was seen, and where first. */
export interface Violation extends Problem {
  /** E.g. `taskrouter_v1 FetchTaskQueue`. */
  readonly operation: string;
  readonly count: number;
  /** The first exchange with it, e.g. `GET taskrouter.twilio.com/v1/Workspaces/WS… → 200`. */
  readonly sample: string;
}

/** An operation that was answered with success. */
export interface Success {
  readonly count: number;
  /** Every query and form parameter that was sent. */
  readonly parameters: ReadonlySet<string>;
}

/** Judges exchanges by Twilio's OpenAPI documents. */
export interface Conformance {
  /** Judges one exchange. Never throws for what it holds; needs no `this`. */
  readonly onExchange: (exchange: Exchange) => void;
  /** What was found so far, one entry per operation, place and problem. */
  readonly violations: () => readonly Violation[];
  /** What was answered with success, by `product operationId`. */
  readonly succeeded: () => ReadonlyMap<string, Success>;
  /** Throws an error that lists every violation; returns when there is none. Also refuses to judge nothing at all. */
  readonly assertConforms: () => void;
}

/** A collector that starts empty. */
export function createConformance(): Conformance {
  const found = new Map<string, { -readonly [Key in keyof Violation]: Violation[Key] }>();
  const succeeded = new Map<string, { count: number; parameters: Set<string> }>();
  let judged = 0;

  const onExchange = (exchange: Exchange): void => {
    const product = productOfHost(exchange.host, exchange.path);
    if (product === undefined) return; // no document to judge by
    judged++;
    const matched = matchOperation(exchange);
    const operation = `${product} ${matched?.operation.operationId ?? `${exchange.method} ${exchange.path}`}`;
    for (const problem of problemsOf(matched, exchange)) {
      const key = `${operation}\0${problem.at}\0${problem.problem}`;
      const known = found.get(key);
      if (known !== undefined) known.count++;
      else {
        const sample = `${exchange.method} ${exchange.host}${exchange.path} → ${exchange.status}`;
        found.set(key, { ...problem, operation, count: 1, sample });
      }
    }
    if (exchange.status >= 300) return;
    let success = succeeded.get(operation);
    if (success === undefined) succeeded.set(operation, (success = { count: 0, parameters: new Set() }));
    success.count++;
    const form =
      matched?.operation.requestType === "application/x-www-form-urlencoded" ? exchange.requestBody : "";
    for (const text of [exchange.query, form]) {
      for (const name of parseParameters(text).keys()) success.parameters.add(name);
    }
  };

  return {
    onExchange,
    violations: () => [...found.values()],
    succeeded: () => succeeded,
    assertConforms: () => {
      if (judged === 0) throw new Error("No exchange was judged: is onExchange wired to the local Twilio?");
      if (found.size > 0) throw new Error(report([...found.values()], judged));
    },
  };
}

function problemsOf(matched: ReturnType<typeof matchOperation>, exchange: Exchange): Problem[] {
  if (matched === undefined) {
    if (exchange.status >= 400) return errorProblems(exchange.status, exchange.responseBody);
    if (isKnownUndocumented(exchange)) return [];
    return [{ at: "operation", problem: "is not documented", value: undefined }];
  }
  const problems = responseProblems(matched.operation, exchange);
  if (exchange.status >= 300) return problems;
  if (isAskedByFlexUi(exchange)) return problems;
  problems.push(...requestProblems(matched, exchange));
  // An ill-formed value would be told twice.
  return problems.length > 0 ? problems : echoProblems(matched.operation, exchange);
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "";
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

function report(violations: readonly Violation[], judged: number): string {
  const lines = violations
    .toSorted((a, b) => a.operation.localeCompare(b.operation) || a.at.localeCompare(b.at))
    .map(
      ({ operation, at, problem, value, count, sample }) =>
        `  ${operation}: ${at} ${problem}${value === undefined ? "" : ` (${shown(value)})`}\n` +
        `    ${count} ${count === 1 ? "time" : "times"}, first in ${sample}`,
    );
  return `Twilio's OpenAPI documents disallow ${violations.length} of the things seen in ${judged} exchanges:\n${lines.join("\n")}`;
}
