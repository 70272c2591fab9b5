import type { Path } from "./ast.ts";
import { ExpressionError } from "./error.ts";
import { parseExpression } from "./parser.ts";

/** The path a text like `task.agent.sid` stands for, or undefined when it is anything else. */
export function parsePath(text: string): Path | undefined {
  try {
    // What an expression takes for a reference is a path, by the same rules.
    const parsed = parseExpression(`${text} == null`);
    return parsed.kind === "comparison" && parsed.left.kind === "reference" ? parsed.left.path : undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
