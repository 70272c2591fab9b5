import type { Comparison, Constant, Expression, List, Operand, Operator, Reference } from "./ast.ts";
import { ExpressionError } from "./error.ts";
import { hintFor } from "./hint.ts";
import { tokenize, type Token } from "./tokenizer.ts";

/** Parentheses deeper than this are refused, so that no input can exhaust the stack. */
export const maxNesting = 200;

const keywords = new Set(["and", "or", "not", "in", "has", "contains", "true", "false", "null"]);

const symbolicOperators: Readonly<Record<string, Operator>> = {
  "==": "==",
  "=": "==",
  "!=": "!=",
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  ">-": "HAS",
  "<-": "IN",
};

/**
 * Parses TaskRouter's expression language.
 *
 * - AND binds tighter than OR. Twilio does not document which does, so the printer always parenthesises.
 * - Keywords count in any case; an attribute that is named like one can only be read behind a dot.
 * - A negative number is a constant, and `[]` is a list. Twilio documents neither, nor forbids it.
 * - Lists hold constants only; a comparison is needed everywhere: `active` alone is an error, `active == true` is not.
 *
 * @throws ExpressionError pointing at the first character that can't be right.
 */
export function parseExpression(source: string): Expression {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  readonly #tokens: Token[];
  #index = 0;
  #nesting = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  parse(): Expression {
    const expression = this.#or();
    if (this.#current.type !== "end") this.#fail("AND, OR or the end of the expression");
    return expression;
  }

  get #current(): Token {
    return this.#tokens[this.#index] as Token;
  }

  get #previous(): Token | undefined {
    return this.#tokens[this.#index - 1];
  }

  #advance(): Token {
    const token = this.#current;
    this.#index++;
    return token;
  }

  #isKeyword(word: string, token = this.#current): boolean {
    return token.type === "name" && token.text.toLowerCase() === word;
  }

  #takeKeyword(word: string): boolean {
    if (!this.#isKeyword(word)) return false;
    this.#index++;
    return true;
  }

  #isSymbol(text: string): boolean {
    return this.#current.type === "symbol" && this.#current.text === text;
  }

  #takeSymbol(text: string): Token | undefined {
    return this.#isSymbol(text) ? this.#advance() : undefined;
  }

  #fail(expected: string): never {
    const token = this.#current;
    throw new ExpressionError({
      source: this.#source,
      position: token.start,
      expected,
      found: token.type === "end" ? "end" : `"${token.text}"`,
      hint: hintFor(token, this.#previous, expected),
    });
  }

  #or(): Expression {
    return this.#chain("or", () => this.#and());
  }

  #and(): Expression {
    return this.#chain("and", () => this.#term());
  }

  #chain(kind: "and" | "or", operand: () => Expression): Expression {
    const first = operand();
    if (!this.#isKeyword(kind)) return first;
    const operands = [first];
    while (this.#takeKeyword(kind)) operands.push(operand());
    const last = operands[operands.length - 1] as Expression;
    const flat = operands.flatMap((each) => (each.kind === kind ? each.operands : [each]));
    return { kind, operands: flat, start: first.start, end: last.end };
  }

  #term(): Expression {
    const open = this.#takeSymbol("(");
    if (!open) return this.#comparison();
    this.#nesting++;
    if (this.#nesting > maxNesting) this.#fail(`at most ${maxNesting} nested parentheses`);
    const inner = this.#or();
    const close = this.#takeSymbol(")") ?? this.#fail("AND, OR or )");
    this.#nesting--;
    return { ...inner, start: open.start, end: close.end };
  }

  #comparison(): Comparison {
    const left = this.#operand();
    const operator = this.#operator();
    const right = this.#operand();
    return { kind: "comparison", operator, left, right, start: left.start, end: right.end };
  }

  #operator(): Operator {
    const token = this.#current;
    if (token.type === "operator") {
      const operator = symbolicOperators[token.text];
      if (operator) {
        this.#index++;
        return operator;
      }
    }
    if (this.#takeKeyword("has")) return "HAS";
    if (this.#takeKeyword("in")) return "IN";
    if (this.#takeKeyword("contains")) return "CONTAINS";
    if (this.#takeKeyword("not")) {
      if (!this.#takeKeyword("in")) this.#fail("IN");
      return "NOT IN";
    }
    return this.#fail("OPERATOR");
  }

  #operand(): Operand {
    if (this.#isSymbol("[")) return this.#list();
    const constant = this.#constant();
    if (constant) return constant;
    const token = this.#current;
    if (token.type === "name" && !keywords.has(token.text.toLowerCase())) return this.#reference();
    return this.#fail("OPERAND");
  }

  #constant(): Constant | undefined {
    const token = this.#current;
    const { start, end } = token;
    if (token.type === "string" || token.type === "number") {
      this.#index++;
      return { kind: "constant", value: token.value, start, end };
    }
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (this.#takeKeyword(word)) return { kind: "constant", value, start, end };
    }
    return undefined;
  }

  #list(): List {
    const open = this.#advance();
    const values: Constant[] = [];
    let close = this.#takeSymbol("]");
    while (!close) {
      values.push(this.#constant() ?? this.#fail("a string, number, true, false or null"));
      close = this.#takeSymbol("]");
      if (!close && !this.#takeSymbol(",")) this.#fail(", or ]");
    }
    return { kind: "list", values, start: open.start, end: close.end };
  }

  #reference(): Reference {
    const first = this.#advance();
    const path: [string, ...(string | number)[]] = [first.text];
    let end = first.end;
    for (;;) {
      if (this.#takeSymbol(".")) {
        if (this.#current.type !== "name") this.#fail("an attribute name");
        const name = this.#advance();
        path.push(name.text);
        end = name.end;
      } else if (this.#takeSymbol("[")) {
        path.push(this.#arrayIndex());
        end = (this.#takeSymbol("]") ?? this.#fail("]")).end;
      } else {
        return { kind: "reference", path, start: first.start, end };
      }
    }
  }

  #arrayIndex(): number {
    const token = this.#current;
    if (token.type !== "number" || !Number.isSafeInteger(token.value) || token.value < 0) {
      return this.#fail("an array index such as 0");
    }
    this.#index++;
    return token.value;
  }
}
