import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Execution, Waiting } from "../../products/studio/kinds.ts";
import { type Definition, property, type State, type Transition } from "./definition.ts";
import type { Place } from "./place.ts";
import { fill } from "./template.ts";

/** An execution while it runs. */
export interface Run {
  readonly context: Context;
  readonly places: readonly Place[];
  readonly document: Document<Execution>;
  readonly definition: Definition;
  /** As they will be stored. */
  readonly fields: Execution;
}

/** What a state came to: an event that leads on, or a reason to wait. */
export type Outcome =
  | {
      readonly event: string;
      /** The transition itself where several have the event. */
      readonly transition?: Transition;
      /** What went wrong; told when nothing is wired to the event. */
      readonly error?: { readonly code: number; readonly text: string };
    }
  | { readonly wait: Waiting; /** In milliseconds since 1970. */ readonly until?: number };

/** What a state came to, and what templates see of it as `{{widgets.<name>…}}`. */
export interface Result {
  readonly outcome: Outcome;
  readonly variables?: JsonObject;
}

export type Widget = (run: Run, state: State) => Result;

/** A property of a state with its templates filled in. */
export function filled(run: Run, state: State, name: string): string {
  return fill(property(state, name), run.fields.flow_context);
}

/** What a refusal by a product says, for a failure of a state. @throws what is no refusal */
export function refusal(error: unknown): { code: number; text: string } {
  if (error instanceof TwilioError) return { code: error.code, text: error.message };
  throw error;
}

/** The conversation that an execution belongs to: its chat channel, or itself. */
export function conversationOf({ channel_sid: channelSid }: Execution, sid: string): string {
  return channelSid ?? sid;
}
