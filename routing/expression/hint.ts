import type { Token } from "./tokenizer.ts";

const symbolHints: Readonly<Record<string, string>> = {
  "&": "write AND",
  "|": "write OR",
  "!": "there is no NOT; use != or NOT IN",
  "‘": "use straight quotes",
  "’": "use straight quotes",
  "“": "use straight quotes",
  "”": "use straight quotes",
};

/** Operators of other languages, and what TaskRouter calls them. */
const operatorsElsewhere: Readonly<Record<string, string>> = {
  "===": "==",
  "!==": "!=",
  "<>": "!=",
  "=>": ">=",
  "=<": "<=",
};

/** How to fix the mistakes people make with this language, seen from the offending token and the one before. */
export function hintFor(token: Token, previous: Token | undefined, expected: string): string | undefined {
  if (token.text.startsWith("-") && previous?.type === "name") {
    return `TaskRouter can't read keys with a hyphen; rename the attribute, for example with _ instead of -`;
  }
  if (token.type === "unknown" && Object.hasOwn(symbolHints, token.text)) return symbolHints[token.text];
  if (expected === "OPERAND" && token.type === "operator" && previous?.type === "operator") {
    const meant = operatorsElsewhere[previous.text + token.text];
    return meant === undefined ? "the operators are == != > >= < <=" : `write ${meant}`;
  }
  if (expected === "OPERAND" && token.type === "name") {
    const word = token.text.toUpperCase();
    return word === "NOT"
      ? "there is no NOT; use != or NOT IN"
      : `${word} is an operator; an attribute of that name can't be used here`;
  }
  if (token.type === "name" && previous?.type === "number" && previous.end === token.start) {
    return /^[eE]\d+$/.test(token.text)
      ? "numbers have no exponent; write the digits"
      : "a key that starts with a digit has only letters, digits, _ and $";
  }
  if (expected === "OPERATOR" && (token.type === "end" || token.text === ")" || isJunction(token))) {
    return "compare the value with something, for example == true";
  }
  if (expected === "an array index such as 0" && token.type === "string") {
    return "keys are written behind a dot, and can't be quoted";
  }
  return undefined;
}

function isJunction(token: Token): boolean {
  return token.type === "name" && /^(and|or)$/i.test(token.text);
}
