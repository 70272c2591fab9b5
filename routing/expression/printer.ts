import type { Scalar } from "../json.ts";
import type { Expression, Operand, Path } from "./ast.ts";

/**
 * The canonical text of an expression: upper-case keywords, single spaces, strings in double quotes.
 * Parsing it gives the same tree again, positions apart.
 *
 * Parentheses stand wherever AND and OR mix, also where precedence would make them needless:
 * Twilio does not document the precedence.
 */
export function printExpression(expression: Expression): string {
  if (expression.kind === "comparison") {
    return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
  }
  return expression.operands
    .map((operand) => {
      const text = printExpression(operand);
      return operand.kind === "comparison" ? text : `(${text})`;
    })
    .join(expression.kind === "and" ? " AND " : " OR ");
}

export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case "constant":
      return printConstant(operand.value);
    case "list":
      return `[${operand.values.map(({ value }) => printConstant(value)).join(", ")}]`;
    case "reference":
      return printPath(operand.path);
  }
}

/** `routing.skills[0]` */
export function printPath(path: Path): string {
  return path.reduce<string>(
    (text, segment) =>
      typeof segment === "number" ? `${text}[${segment}]` : text ? `${text}.${segment}` : segment,
    "",
  );
}

function printConstant(value: Scalar): string {
  if (typeof value === "string") return printString(value);
  if (typeof value === "number") return printNumber(value);
  return String(value);
}

/** In double quotes, or in single ones when that spares escapes. */
function printString(value: string): string {
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"';
  const escaped = value.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** Decimal digits only: the language has no exponents. */
function printNumber(value: number): string {
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const shift = Number(exponent);
  return shift < 0
    ? `${sign}0.${"0".repeat(-shift - whole.length)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(shift, "0")}`;
}
