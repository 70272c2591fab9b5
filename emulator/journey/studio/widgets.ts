import type { Context } from "../../kernel/context.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Document } from "../../kernel/resource.ts";
import type { Execution, Waiting } from "../../products/studio/execution.ts";
import { callUrl } from "./callUrl.ts";
import { holds } from "./condition.ts";
import { type Definition, pairs, property, type State, type Transition } from "./definition.ts";
import { sendMessage } from "./sendMessage.ts";
import { sendToFlex } from "./sendToFlex.ts";
import { runSubflow } from "./subflow.ts";
import { fill } from "./template.ts";

/** An execution while it runs. */
export interface Run {
  readonly context: Context;
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

const splitBasedOn: Widget = (run, state) => {
  const match = state.transitions.find(
    ({ event, conditions = [] }) =>
      event === "match" &&
      conditions.length > 0 &&
      conditions.every((condition) => {
        const input = fill(condition.arguments[0] ?? property(state, "input"), run.fields.flow_context);
        return holds(condition.type, input, fill(condition.value, run.fields.flow_context));
      }),
  );
  if (match !== undefined) return { outcome: { event: "match", transition: match } };
  return { outcome: { event: "noMatch", error: { code: 81005, text: "no condition matched" } } };
};

const setVariables: Widget = (run, state) => {
  const flow = run.fields.flow_context["flow"] as { variables: JsonObject };
  for (const [key, value] of pairs(state, "variables"))
    flow.variables[key] = fill(value, run.fields.flow_context);
  return { outcome: { event: "next" } };
};

const sendAndWait: Widget = (run, state) => {
  const sending = sendMessage(run, state);
  if ("error" in sending) return { outcome: { event: "deliveryFailure", error: sending.error } };
  const seconds = Number(filled(run, state, "timeout")) || 3600;
  const until = run.context.now + seconds * 1000;
  return { outcome: { wait: "reply", until }, variables: { outbound: sending.sent } };
};

/** What each type of state does. */
export const widgets: Readonly<Record<string, Widget>> = {
  "split-based-on": splitBasedOn,
  "set-variables": setVariables,
  "send-message": (run, state) => {
    const sending = sendMessage(run, state);
    return "error" in sending
      ? { outcome: { event: "failed", error: sending.error } }
      : { outcome: { event: "sent" }, variables: { outbound: sending.sent } };
  },
  "send-and-wait-for-reply": sendAndWait,
  "send-to-flex": sendToFlex,
  "make-http-request": callUrl,
  "run-function": callUrl,
  "run-subflow": runSubflow,
};

/** What a refusal by a product says, for a failure of a state. @throws what is no refusal */
export function refusal(error: unknown): { code: number; text: string } {
  if (error instanceof TwilioError) return { code: error.code, text: error.message };
  throw error;
}
