import type { Expression } from "./ast.ts";
import { compileExpression, type Predicate } from "./evaluator.ts";
import { parseExpression } from "./parser.ts";

/** An expression with all that is known of it: its text, its tree, and the tree made ready to run. */
export interface CompiledExpression {
  readonly source: string;
  readonly tree: Expression;
  readonly test: Predicate;
}

const cache = new Map<string, CompiledExpression>();
const maxCached = 10_000;

/**
 * Parses and compiles, once per text: a workspace is often evaluated again with the same few expressions.
 *
 * @throws ExpressionError
 */
export function compileSource(source: string): CompiledExpression {
  const known = cache.get(source);
  if (known) return known;
  const tree = parseExpression(source);
  const compiled = { source, tree, test: compileExpression(tree) };
  if (cache.size >= maxCached) cache.clear();
  cache.set(source, compiled);
  return compiled;
}
