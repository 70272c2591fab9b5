import { UserError } from "../engine/errors.ts";

/** The account that a stack's file pins in plain sight, `twilio:accountSid` in `Pulumi.STACK.yaml`. */
export function pinnedIn(text: string): string | undefined {
  return /^[ \t]+["']?twilio:accountSid["']?:[ \t]*["']?(AC[0-9a-f]{32})["']?[ \t]*(?:#.*)?$/m.exec(
    text,
  )?.[1];
}

/**
 * Without its program Pulumi shows the provider the state alone, so a deletion would go to the account of the last
 * update, whatever the stack's file says by now.
 */
export class PinnedAccount {
  readonly recorded: string;
  readonly pinned: string;
  readonly stack: string;

  constructor(recorded: string, pinned: string, stack: string) {
    this.recorded = recorded;
    this.pinned = pinned;
    this.stack = stack;
  }

  get warning(): string {
    return (
      `this stack's resources are in account ${this.recorded}, as of the last update, and Pulumi.${this.stack}.yaml ` +
      `pins account ${this.pinned}: nothing is changed or deleted`
    );
  }

  refuse(): never {
    throw new UserError(
      `${this.warning}.\nFix: set twilio:accountSid back to ${this.recorded}; where another file than ` +
        `Pulumi.${this.stack}.yaml is used (--config-file), add --run-program`,
    );
  }
}
