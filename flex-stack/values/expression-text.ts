import { isUnknown } from "./property-value.ts";
import {
  ExpressionError,
  parseExpression,
  parseOrderBy,
  printExpression,
  printOrderBy,
} from "../../routing/index.ts";

/** An expression in its canonical spelling, so that spaces and quotes make no difference; as it is where it is none. */
export function expressionText(source: string): string {
  if (isUnknown(source)) return unknownText;
  return tried(source, () => printExpression(parseExpression(source)));
}

/** `order_by` in its canonical spelling. */
export function orderText(source: string): string {
  if (isUnknown(source)) return unknownText;
  return tried(source, () => printOrderBy(parseOrderBy(source)));
}

/** What stands for a value that nobody knows before the update. */
export const unknownText = "(known after up)";

function tried(source: string, print: () => string): string {
  try {
    return print();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return source;
  }
}
