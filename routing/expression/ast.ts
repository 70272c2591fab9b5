import type { Scalar } from "../json.ts";

/** Where a node stands in the source: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Every comparison TaskRouter knows, by its canonical spelling.
 * `=` is read as `==`, `>-` as `HAS`, `<-` as `IN`.
 */
export const operators = ["==", "!=", ">", ">=", "<", "<=", "CONTAINS", "HAS", "IN", "NOT IN"] as const;

export type Operator = (typeof operators)[number];

/** `'a'`, `1.5`, `true`, `null`. */
export interface Constant extends Span {
  readonly kind: "constant";
  readonly value: Scalar;
}

/** `['a', 'b']`: an array of constants. */
export interface List extends Span {
  readonly kind: "list";
  readonly values: readonly Constant[];
}

/** `routing.skills[0]`: a path into the attributes; names are strings, array indices numbers. */
export interface Reference extends Span {
  readonly kind: "reference";
  readonly path: Path;
}

export type Path = readonly [string, ...(string | number)[]];

export type Operand = Constant | List | Reference;

export interface Comparison extends Span {
  readonly kind: "comparison";
  readonly operator: Operator;
  readonly left: Operand;
  readonly right: Operand;
}

/**
 * All (`and`) or any (`or`) of two or more operands. Always flat: an `and` never directly holds an `and`,
 * so that an expression has one tree however its source was parenthesised.
 */
export interface Logical extends Span {
  readonly kind: "and" | "or";
  readonly operands: readonly Expression[];
}

export type Expression = Comparison | Logical;
