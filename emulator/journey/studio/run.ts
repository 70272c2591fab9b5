import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { addStep } from "../../products/studio/executionStep.ts";
import { type Execution, execution } from "../../products/studio/kinds.ts";
import { findRevision } from "../../products/studio/revisions.ts";
import { note, noteError } from "../shared/journal.ts";
import type { Place } from "./place.ts";
import { type Definition, type State, stateOf, type Transition } from "./definition.ts";
import { conversationOf, type Outcome, type Run, tell } from "./widget.ts";
import { widgets } from "./widgets.ts";

/** More states than any execution enters that does not go round in circles. Twilio's own limit. */
const maxTurns = 1000;

/** A state that is entered so often, one time after the other, ends its execution, as at Twilio. */
const maxInARow = 10;

/** The flows of the local Twilio, which talk in these places. */
export class Flows {
  readonly #places: readonly Place[];

  constructor(places: readonly Place[]) {
    this.#places = places;
  }

  /** Runs a new execution from its trigger until it waits or is over. */
  begin(context: Context, created: Document<Execution>): void {
    const run = this.#open(context, created);
    if (run === undefined) return;
    const { fields, definition } = run;
    const { trigger, flow_address: flowAddress, contact_channel_address: contact } = fields;
    fields.flow_context = {
      flow: {
        sid: created.sid,
        flow_sid: created.parentSid,
        channel: { address: flowAddress },
        variables: {},
        data: requestParameters(trigger.data),
      },
      trigger: trigger.data,
      widgets: {},
      contact: { channel: { address: contact } },
    };
    note(context, conversationOf(fields, created.sid), "studio", "Studio execution started", created.sid);
    const first = stateOf(definition, definition.initial_state);
    if (first === undefined) finish(run, false);
    else {
      if (transitionOf(first, { event: trigger.event })?.next == null)
        tell(
          run,
          `Studio flow ${created.parentSid} does nothing: its trigger leads nowhere for ${trigger.event}`,
        );
      leave(run, first, { event: trigger.event });
    }
    save(run);
  }

  /** Goes on with an execution whose state waited. */
  goOn(context: Context, found: Document<Execution>, outcome: Outcome, variables: JsonObject = {}): void {
    const run = this.#open(context, found);
    const state = run && stateOf(run.definition, found.fields.state ?? "");
    if (run === undefined || state === undefined) return;
    run.fields.waiting = null;
    run.fields.until = null;
    setWidget(run, state.name, variables);
    leave(run, state, outcome);
    save(run);
  }

  #open(context: Context, document: Document<Execution>): Run | undefined {
    if (document.fields.status === "ended") return undefined;
    const { flow_revision: revision } = document.fields;
    const found = findRevision(context, document.parentSid, String(revision));
    if (found === undefined) return undefined;
    // What was checked when it was stored.
    const definition = found.fields.definition as unknown as Definition;
    return {
      context,
      places: this.#places,
      document,
      definition,
      fields: structuredClone(document.fields),
      told: new Set(),
    };
  }
}

function requestParameters({ request }: JsonObject): JsonObject {
  const parameters = (request as JsonObject | undefined)?.["parameters"];
  return typeof parameters === "object" && parameters !== null && !Array.isArray(parameters)
    ? parameters
    : {};
}

/** Takes the transitions that follow from an outcome, and enters states, until one waits or none is next. */
function leave(run: Run, from: State, first: Outcome): void {
  let state = from;
  let outcome = first;
  while ("event" in outcome) {
    const transition = transitionOf(state, outcome);
    const next = transition?.next ?? null;
    addStep(
      run.context,
      { ...run.document, fields: run.fields },
      {
        event: outcome.event,
        type: state.type,
        from: state.name,
        to: next ?? "Ended",
      },
    );
    const entered = next === null ? undefined : stateOf(run.definition, next);
    if (entered === undefined) {
      if (outcome.error !== undefined) noteFailure(run, state, outcome.error);
      finish(run, outcome.error === undefined);
      return;
    }
    tellWay(run, outcome);
    run.fields.in_a_row = state.name === entered.name ? (run.fields.in_a_row ?? 1) + 1 : 1;
    state = entered;
    run.fields.state = state.name;
    run.fields.turn++;
    const excess = excessOf(run);
    if (excess !== undefined) {
      noteFailure(run, state, { code: 81003, text: excess });
      finish(run, false);
      return;
    }
    outcome = enter(run, state);
  }
  run.fields.waiting = outcome.wait;
  run.fields.until = outcome.until ?? null;
  if (outcome.wait === "reply")
    note(
      run.context,
      conversationOf(run.fields, run.document.sid),
      "studio",
      `${state.name} waits for a reply until ${new Date(outcome.until ?? run.context.now).toISOString()}`,
      run.document.sid,
    );
}

/** Says why a failure's transition is taken: the flow goes on, and nothing else tells. */
function tellWay(run: Run, { event, error }: Extract<Outcome, { event: string }>): void {
  // That no condition matched is no failure of a flow that is prepared for it; of what can't be run more was said before.
  if (error !== undefined && error.code !== 81005 && error.code !== 0)
    tell(run, `${event} (${error.code}): ${error.text}`);
}

/** Why an execution goes no further, if it went round in circles. */
function excessOf({ fields }: Run): string | undefined {
  if (fields.turn > maxTurns) return `more than ${maxTurns} states were entered`;
  if ((fields.in_a_row ?? 1) > maxInARow) return `it was entered more than ${maxInARow} times in a row`;
  return undefined;
}

function enter(run: Run, state: State): Outcome {
  const widget = Object.hasOwn(widgets, state.type) ? widgets[state.type] : undefined;
  if (widget === undefined) return notRun(run, state);
  try {
    const { outcome, variables = {} } = widget(run, state);
    setWidget(run, state.name, variables);
    return outcome;
  } catch (error) {
    // A broken template or pattern; Studio ends such an execution.
    return { event: "error", error: { code: 81000, text: (error as Error).message } };
  }
}

/**
 * A flow may have widgets that the local Twilio can't run. One that is reached is said to be so, whatever follows: what
 * is wired to "failed", or the end.
 */
function notRun(run: Run, state: State): Outcome {
  const text = `the local Twilio does not run ${state.type}`;
  const isWired = transitionOf(state, { event: "failed" })?.next != null;
  if (isWired)
    noteError(
      run.context,
      conversationOf(run.fields, run.document.sid),
      "studio",
      0,
      `${state.name}: ${text}; the execution goes on as if it had failed`,
      run.document.sid,
    );
  return { event: "failed", error: { code: 0, text } };
}

function transitionOf(state: State, outcome: Extract<Outcome, { event: string }>): Transition | undefined {
  return outcome.transition ?? state.transitions.find(({ event }) => event === outcome.event);
}

function setWidget(run: Run, name: string, variables: JsonObject): void {
  const seen = run.fields.flow_context["widgets"] as JsonObject;
  const known = seen[name];
  seen[name] = { ...(typeof known === "object" && !Array.isArray(known) ? known : {}), ...variables };
}

function noteFailure(
  { context, fields, document }: Run,
  state: State,
  error: { code: number; text: string },
): void {
  noteError(
    context,
    conversationOf(fields, document.sid),
    "studio",
    error.code,
    `Studio execution ended at ${state.name}: ${error.text}`,
    document.sid,
  );
}

function finish(run: Run, isComplete: boolean): void {
  Object.assign(run.fields, {
    status: "ended",
    state: null,
    waiting: null,
    until: null,
    is_complete: isComplete,
  });
}

function save({ context, document, fields }: Run): void {
  const executions = context.of(execution);
  const current = executions.get(document.sid);
  if (current === undefined) return;
  executions.update(current, fields);
}
