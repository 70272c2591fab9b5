import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Execution, Waiting } from "../../products/studio/kinds.ts";
import { note } from "../shared/journal.ts";
import { type Definition, property, type State, type Transition } from "./definition.ts";
import type { Place } from "./place.ts";
import { fill, type Filling, whyNotJson } from "./template.ts";

/** An execution while it runs. */
export interface Run {
  readonly context: Context;
  readonly places: readonly Place[];
  readonly document: Document<Execution>;
  readonly definition: Definition;
  /** As they will be stored. */
  readonly fields: Execution;
  /** What people were told since it went on, each thing once. */
  readonly told: Set<string>;
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

/** When the templates of a run are filled in, and who hears of it. */
export function fillingOf(run: Run): Filling {
  return { now: run.context.now, note: (text) => tell(run, text) };
}

/** Tells people of what Twilio may do differently, in the state where the run is. */
export function tell(run: Run, text: string): void {
  const { context, document, fields, told } = run;
  const said = fields.state === null ? text : `${fields.state}: ${text}`;
  if (told.has(said)) return;
  told.add(said);
  note(context, conversationOf(fields, document.sid), "studio", said, document.sid);
}

/** A template filled in with what the run knows. @throws Error when it is broken */
export function fillIn(run: Run, template: string): string {
  return fill(template, run.fields.flow_context, fillingOf(run));
}

/** A property of a state with its templates filled in. */
export function filled(run: Run, state: State, name: string): string {
  return fillIn(run, property(state, name));
}

/** What is wrong with a property that is to be JSON; nothing when it is JSON. */
export function flawOfJson(run: Run, state: State, name: string, text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `${(error as Error).message}${whyNotJson(property(state, name), run.fields.flow_context)}`;
  }
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
