import { types } from "node:util";

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

/**
 * What was thrown, as a failure: files that can't be written are the user's to see to.
 *
 * @param {unknown} thrown
 */
export function asFailure(thrown) {
  if (thrown instanceof SetupFailure) {
    return thrown;
  }
  const { code, path, message } = /** @type {NodeJS.ErrnoException} */ (
    types.isNativeError(thrown) ? thrown : new Error(String(thrown))
  );
  if (code !== undefined && path !== undefined) {
    return new SetupFailure({
      what: `The set-up can't use ${path}.`,
      why: message,
      fix:
        code === "ENOSPC"
          ? "Free some space on that disk, and run the command again."
          : "Give yourself the right to write there, or set PULUMI_HOME to a folder of yours if it is Pulumi's; then run the command again.",
    });
  }
  return new SetupFailure({
    what: "The set-up failed.",
    why: message,
    fix: "Remove node_modules, and run the command again.",
  });
}
