import { keyOf, parsePropertyPath } from "./property-path.ts";
import { expressionText, orderText } from "./expression-text.ts";

type Spelling = (value: unknown) => unknown;

const expression: Spelling = (value) => (typeof value === "string" ? expressionText(value) : value);
const order: Spelling = (value) => (typeof value === "string" ? orderText(value) : value);
/** Twilio takes `60` and `"60"` for the same. */
const number: Spelling = (value) => (typeof value === "number" ? String(value) : value);

/** One spelling for all that mean the same, by type and property, and by the key inside that property. */
const spellings: Readonly<Record<string, Readonly<Record<string, Spelling>>>> = {
  "twilio:taskrouter:TaskQueue targetWorkers": { targetWorkers: expression },
  "twilio:taskrouter:Workflow configuration": {
    expression,
    skip_if: expression,
    order_by: order,
    timeout: number,
    priority: number,
  },
};

/** Whether two values differ in how they are written alone: white space and quotes in expressions, numbers as text. */
export function meansTheSame(
  type: string,
  { path, before, after }: { readonly path: string; readonly before: unknown; readonly after: unknown },
): boolean {
  const [property] = parsePropertyPath(path);
  const spelling = spellings[`${type} ${String(property)}`]?.[keyOf(path)];
  return spelling !== undefined && spelling(before) === spelling(after);
}
