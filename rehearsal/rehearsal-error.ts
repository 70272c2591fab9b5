/** A rehearsal that can't take place, told so that the reader can act. */
export class RehearsalError extends Error {
  override readonly name = "RehearsalError";
  readonly what: string;
  readonly fix: string;

  constructor(what: string, fix: string, cause?: unknown) {
    super(`${what}\nFix: ${fix}`, { cause });
    this.what = what;
    this.fix = fix;
  }
}
