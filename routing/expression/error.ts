/** An expression that TaskRouter would refuse, and the character where it goes wrong. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  /** The entire expression. */
  readonly source: string;
  /** Offset of the offending character, from 0; `source.length` when something is missing at the end. */
  readonly position: number;
  /** What may stand there, in Twilio's terms: `OPERATOR`, `OPERAND`, `)` … */
  readonly expected: string;
  /** How to fix it, where the cause is known. */
  readonly hint: string | undefined;

  constructor(fault: { source: string; position: number; expected: string; found: string; hint?: string }) {
    const { source, position, expected, found, hint } = fault;
    super(
      `unexpected ${found} at character ${position + 1}, expecting ${expected}${hint ? ` (${hint})` : ""}`,
    );
    this.source = source;
    this.position = position;
    this.expected = expected;
    this.hint = hint;
  }

  /** The line of the expression that is wrong, with a caret under the character. */
  render(): string {
    const lineStart = this.source.lastIndexOf("\n", this.position - 1) + 1;
    const lineEnd = this.source.indexOf("\n", lineStart);
    const line = this.source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
    // Tabs stay tabs so that the caret lands under its character in any terminal.
    const indent = line.slice(0, this.position - lineStart).replace(/[^\t]/g, " ");
    return `${line}\n${indent}^ ${this.message}`;
  }
}
