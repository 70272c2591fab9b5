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

/** How to fix the mistakes people make with this language, seen from the offending token and the one before. */
export function hintFor(token: Token, previous: Token | undefined, expected: string): string | undefined {
  if (token.text.startsWith("-") && previous?.type === "name") {
    return `TaskRouter can't read keys with a hyphen; rename the attribute, for example with _ instead of -`;
  }
  if (token.type === "unknown" && Object.hasOwn(symbolHints, token.text)) return symbolHints[token.text];
  if (expected === "OPERAND" && token.type === "operator" && token.text === "=") {
    return "the operators are == != > >= < <=";
  }
  if (expected === "OPERAND" && token.type === "name") {
    const word = token.text.toUpperCase();
    return word === "NOT"
      ? "there is no NOT; use != or NOT IN"
      : `${word} is an operator; an attribute of that name can't be used here`;
  }
  if (expected === "OPERATOR" && token.type === "name" && previous?.type === "number") {
    return "a key can't start with a digit";
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
