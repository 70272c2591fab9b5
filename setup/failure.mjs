/** A set-up step that can't go on, told so that the reader can act: what happened, why, and how to fix it. */
export class SetupFailure extends Error {
  /** @param {{ what: string, why: string, fix: string }} told */
  constructor({ what, why, fix }) {
    super(`${what}\n  why: ${indent(why)}\n  fix: ${indent(fix)}`);
    this.name = "SetupFailure";
    this.what = what;
    this.why = why;
    this.fix = fix;
  }
}

/** @param {string} text */
const indent = (text) => text.trim().replaceAll("\n", "\n       ");
