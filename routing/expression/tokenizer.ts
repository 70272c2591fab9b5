import { ExpressionError } from "./error.ts";
import type { Span } from "./ast.ts";

export type Token = Span &
  (
    | { readonly type: "string"; readonly value: string; readonly text: string }
    | { readonly type: "number"; readonly value: number; readonly text: string }
    | { readonly type: "name" | "symbol" | "operator" | "unknown"; readonly text: string }
    | { readonly type: "end"; readonly text: "" }
  );

const whitespace = /\s+/y;
const name = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const number = /-?\d+(?:\.\d+)?/y;
const operator = />-|<-|==|!=|>=|<=|=|>|</y;
const symbol = /[()[\],.]/y;

/**
 * Splits an expression into tokens, the last of which is `end`. Characters that can start no token become
 * `unknown` tokens: the parser knows better than the tokenizer what was expected in their place.
 *
 * `>-` and `<-` are always the array operators: `level>-1` reads as `level HAS 1`; write `level > -1`.
 * Keys are ASCII letters, digits, `_` and `$`; Twilio documents that hyphens are refused and is silent on others.
 *
 * @throws ExpressionError on an unterminated string or a number beyond double precision.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    return pattern.exec(source)?.[0];
  };
  while (offset < source.length) {
    const start = offset;
    const blank = match(whitespace);
    if (blank !== undefined) {
      offset += blank.length;
      continue;
    }
    const quote = source[start];
    if (quote === "'" || quote === '"') {
      const { value, end } = readString(source, start);
      tokens.push({ type: "string", value, text: source.slice(start, end), start, end });
      offset = end;
      continue;
    }
    const token = nextToken(match, source, start);
    tokens.push(token);
    offset = token.end;
  }
  tokens.push({ type: "end", text: "", start: source.length, end: source.length });
  return tokens;
}

function nextToken(match: (pattern: RegExp) => string | undefined, source: string, start: number): Token {
  const digits = match(number);
  if (digits !== undefined) {
    const value = Number(digits);
    if (!Number.isFinite(value)) {
      throw new ExpressionError({ source, position: start, expected: "a smaller number", found: "number" });
    }
    // -0 is 0, or printing and parsing again would give another tree.
    return {
      type: "number",
      value: value === 0 ? 0 : value,
      text: digits,
      start,
      end: start + digits.length,
    };
  }
  for (const [type, pattern] of [
    ["name", name],
    ["operator", operator],
    ["symbol", symbol],
  ] as const) {
    const text = match(pattern);
    if (text !== undefined) return { type, text, start, end: start + text.length };
  }
  const text = String.fromCodePoint(source.codePointAt(start) ?? 0);
  return { type: "unknown", text, start, end: start + text.length };
}

/**
 * A single or double quoted string. Twilio does not document escapes; `\'`, `\"` and `\\` are read as
 * themselves without the backslash, and any other backslash stays.
 */
function readString(source: string, start: number): { value: string; end: number } {
  const quote = source[start];
  let value = "";
  for (let index = start + 1; index < source.length; index++) {
    const character = source[index] ?? "";
    if (character === quote) return { value, end: index + 1 };
    const next = source[index + 1] ?? "";
    if (character === "\\" && (next === "'" || next === '"' || next === "\\")) {
      value += next;
      index++;
    } else {
      value += character;
    }
  }
  throw new ExpressionError({
    source,
    position: source.length,
    expected: `${quote}`,
    found: "end",
    hint: `the string that starts at character ${start + 1} is not closed`,
  });
}
