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
/** `988en`; digits alone are a number, and `1e5` looks too much like one to be read as an attribute. */
const digitsName = /\d+(?![eE]\d+(?![A-Za-z0-9_$]))[A-Za-z_$][A-Za-z0-9_$]*/y;
/** Behind a dot stands nothing but a name, also one of digits alone. */
const nameBehindDot = /[A-Za-z0-9_$]+/y;
/** Both characters of `==`, `!=`, `>=` and `<=` may stand apart. */
const operator = />-|<-|[=!<>]\s*=|=|>|</y;
const symbol = /[()[\],.]/y;
/** Words that end a number without a space: `1==1AND 2==2`. */
const numberEnds = new Set(["and", "or", "not", "in", "has", "contains"]);

/**
 * Splits an expression into tokens, the last of which is `end`. Characters that can start no token become
 * `unknown` tokens: the parser knows better than the tokenizer what was expected in their place.
 *
 * `>-` and `<-` are always the array operators: `level>-1` reads as `level HAS 1`; write `level > -1`.
 * Keys are ASCII letters, digits, `_` and `$`; Twilio documents that hyphens are refused and is silent on others.
 * Deployed workflows have keys that begin with a digit (`worker.routing.levels.988en`) and spaces within an
 * operator (`! =`), so both are read.
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
    const last = tokens.at(-1);
    const behindDot = last?.type === "symbol" && last.text === ".";
    const token = behindDot ? attributeToken(match, source, start) : nextToken(match, source, start);
    tokens.push(token);
    offset = token.end;
  }
  tokens.push({ type: "end", text: "", start: source.length, end: source.length });
  return tokens;
}

type Match = (pattern: RegExp) => string | undefined;

/** What stands behind a dot: the name of an attribute, or else what would stand anywhere. */
function attributeToken(match: Match, source: string, start: number): Token {
  const text = match(nameBehindDot);
  return text === undefined
    ? nextToken(match, source, start)
    : { type: "name", text, start, end: start + text.length };
}

function nextToken(match: Match, source: string, start: number): Token {
  const named = match(digitsName);
  if (named !== undefined && !numberEnds.has(named.replace(/^\d+/, "").toLowerCase())) {
    return { type: "name", text: named, start, end: start + named.length };
  }
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
    if (text === undefined) continue;
    const end = start + text.length;
    return { type, text: type === "operator" ? text.replace(/\s+/, "") : text, start, end };
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
