import {
  ExpressionError,
  compileSource,
  printExpression,
  referencesOf,
  type Comparison,
  type Expression,
  type Json,
  type JsonObject,
  type Path,
  type Scalar,
} from "../../../routing/index.ts";

/** A task that makes an expression true with as few attributes as it takes. */
export interface ExampleTask {
  /** What is true of it: `skill == "billing" AND priority == "high"`. */
  readonly label: string;
  readonly attributes: JsonObject;
}

/** Tasks per expression at most; alternatives of an OR are one each. */
const maxExamples = 12;

interface Demand {
  readonly text: string;
  /** Undefined: the attribute must be missing. */
  readonly value: Json | undefined;
  readonly path: Path;
}

/**
 * Tasks that make a filter's expression true, one for each of its alternatives. Each is tried on the expression
 * itself; where none holds, for example because two attributes are compared with each other, there is none.
 */
export function exampleTasks(source: string): ExampleTask[] {
  const compiled = compiledOrUndefined(source);
  if (!compiled) return [];
  return demandsOf(compiled.tree)
    .slice(0, maxExamples)
    .map((demands) => toTask(demands, compiled.tree))
    .filter(({ attributes }) => compiled.test(attributes));
}

function compiledOrUndefined(source: string) {
  try {
    return compileSource(source);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undefined;
  }
}

/** Every way to make an expression true, as the demands of each. */
function demandsOf(expression: Expression): Demand[][] {
  if (expression.kind === "comparison") {
    // What no attribute decides asks for nothing.
    if (referencesOf(expression).length === 0) return [[]];
    return demandOf(expression).map((demand) => [demand]);
  }
  const ways = expression.operands.map(demandsOf);
  if (expression.kind === "or") return ways.flat();
  return ways.reduce<Demand[][]>(
    (all, next) => all.flatMap((one) => next.map((other) => [...one, ...other])).slice(0, maxExamples),
    [[]],
  );
}

function demandOf(comparison: Comparison): Demand[] {
  const { left, right, operator } = comparison;
  const text = printExpression(comparison);
  const [reference, other] = left.kind === "reference" ? [left, right] : [right, left];
  if (reference.kind !== "reference" || other.kind === "reference") return [];
  const { path } = reference;
  if (other.kind === "list") {
    const values = other.values.map(({ value }) => value);
    if (operator === "IN") {
      return other.values.map((constant) => ({
        text: printExpression({ ...comparison, operator: "==", right: constant }),
        value: constant.value,
        path,
      }));
    }
    return operator === "NOT IN" ? [{ text, value: unlike(values), path }] : [];
  }
  const value = valueFor(operator, other.value, reference === left);
  return value === none ? [] : [{ text, value, path }];
}

const none = Symbol("no such value");

/** A value with which a comparison with a constant is true. */
function valueFor(
  operator: Comparison["operator"],
  constant: Scalar,
  onLeft: boolean,
): Json | undefined | typeof none {
  switch (operator) {
    case "==":
      return constant === null ? undefined : constant;
    case "!=":
      return unlike([constant]);
    case ">=":
    case "<=":
      return constant === null ? none : constant;
    case ">":
      return beside(constant, onLeft ? 1 : -1);
    case "<":
      return beside(constant, onLeft ? -1 : 1);
    case "CONTAINS":
      return typeof constant === "string" && onLeft ? constant : none;
    case "HAS":
      return onLeft ? [constant] : none;
    case "IN":
    case "NOT IN":
      return none;
  }
}

function beside(constant: Scalar, step: 1 | -1): Json | typeof none {
  if (typeof constant === "number") return constant + step;
  return typeof constant === "string" && step > 0 ? `${constant}z` : none;
}

/** A text that is none of these. */
function unlike(values: readonly Scalar[]): string {
  let text = "another";
  while (values.includes(text)) text += "'";
  return text;
}

function toTask(demands: readonly Demand[], tree: Expression): ExampleTask {
  const attributes: Record<string, Json> = {};
  for (const { path, value } of demands) if (value !== undefined) assign(attributes, path, value);
  const texts = new Set(demands.map(({ text }) => text));
  return { label: texts.size > 0 ? [...texts].join(" AND ") : printExpression(tree), attributes };
}

/** Sets what stands at a path, with the objects and arrays on the way. Values of one array are collected. */
function assign(root: Record<string, Json>, path: Path, value: Json): void {
  let holder: Record<string | number, Json> = root;
  path.forEach((segment, index) => {
    const known = Object.hasOwn(holder, segment) ? holder[segment] : undefined;
    if (index === path.length - 1) {
      define(holder, segment, Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : value);
      return;
    }
    const next =
      typeof known === "object" && known !== null ? known : typeof path[index + 1] === "number" ? [] : {};
    define(holder, segment, next);
    holder = next as Record<string | number, Json>;
  });
}

/** Also for names that mean something to JavaScript, such as `__proto__`. */
function define(holder: object, name: string | number, value: Json): void {
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}
