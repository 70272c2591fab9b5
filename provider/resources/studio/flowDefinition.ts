import { quote } from "../../engine/quote.ts";
import { isObject, UNKNOWN } from "../../engine/value.ts";
import type { Value } from "../../engine/value.ts";
import { requirements } from "./widgets.ts";

type Problem = { path: (string | number)[]; reason: string };
type Report = (path: Problem["path"], reason: string) => void;

// The keys are also named in emulator/products/studio/definition.ts: provider and emulator are held against each other and share nothing.
const documentKeys = ["description", "states", "initial_state", "flags", "$schema"];
const stateKeys = ["name", "type", "transitions", "properties"];
const transitionKeys = ["event", "name", "next", "conditions"];

/** Widgets that Studio takes in one flow. */
const mostStates = 1000;

/**
 * Says what is wrong with the shape of a Studio flow definition, all at once. Values that are not known
 * yet are skipped; types of widgets that the provider does not know are left to Twilio.
 */
export function inspectFlow(document: Value): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, reason) => problems.push({ path, reason });
  if (!isObject(document)) return problems;
  inspectKeys(document, documentKeys, [], report);
  const states = document["states"];
  if (states === UNKNOWN) return problems;
  if (!Array.isArray(states) || states.length === 0) {
    report(["states"], "must be an array of at least one widget, the first a trigger");
    return problems;
  }
  if (states.length > mostStates)
    report(["states"], `must be at most ${mostStates} widgets, got ${states.length}`);
  const names = inspectNames(states, report);
  inspectName(document["initial_state"], names, ["initial_state"], report);
  states.forEach((state, index) => inspectState(state, names, ["states", index], report));
  return problems;
}

/** The names of the widgets, or undefined where one of them is not known yet. */
function inspectNames(states: Value[], report: Report): Set<string> | undefined {
  const names = new Set<string>();
  let known = true;
  states.forEach((state, index) => {
    const name = isObject(state) ? state["name"] : state;
    if (name === UNKNOWN) known = false;
    else if (typeof name === "string" && names.has(name)) {
      report(["states", index, "name"], `is ${quote(name)} a second time; names of widgets must be unique`);
    } else if (typeof name === "string") names.add(name);
  });
  return known ? names : undefined;
}

function inspectState(
  state: Value,
  names: Set<string> | undefined,
  path: Problem["path"],
  report: Report,
): void {
  if (state === UNKNOWN) return;
  if (!isObject(state))
    return report(path, "must be an object with `name`, `type`, `transitions` and `properties`");
  inspectKeys(state, stateKeys, path, report);
  inspectText(state["name"], [...path, "name"], report);
  inspectText(state["type"], [...path, "type"], report);
  inspectTransitions(state["transitions"], names, [...path, "transitions"], report);
  inspectProperties(state["type"], state["properties"], [...path, "properties"], report);
}

function inspectTransitions(
  transitions: Value | undefined,
  names: Set<string> | undefined,
  path: Problem["path"],
  report: Report,
): void {
  if (transitions === UNKNOWN) return;
  if (!Array.isArray(transitions)) return report(path, "must be an array, empty where nothing follows");
  transitions.forEach((transition, index) => {
    const at = [...path, index];
    if (transition === UNKNOWN) return;
    if (!isObject(transition))
      return report(at, "must be an object with `event`, and `next` where something follows");
    inspectKeys(transition, transitionKeys, at, report);
    inspectText(transition["event"], [...at, "event"], report);
    // Without `next` the execution ends there.
    if (transition["next"] != null) inspectName(transition["next"], names, [...at, "next"], report);
    const conditions = transition["conditions"];
    if (
      transition["event"] === "match" &&
      conditions !== UNKNOWN &&
      !(Array.isArray(conditions) && conditions.length)
    ) {
      report([...at, "conditions"], "must be an array of at least one condition, or `match` never happens");
    }
  });
}

function inspectProperties(
  type: Value | undefined,
  properties: Value | undefined,
  path: Problem["path"],
  report: Report,
): void {
  if (typeof type !== "string" || properties === UNKNOWN) return;
  const required = Object.hasOwn(requirements, type) ? requirements[type]! : [];
  if (properties != null && !isObject(properties)) return report(path, "must be an object");
  for (const requirement of required) {
    const names = [requirement].flat();
    if (names.every((name) => properties?.[name] == null || properties[name] === "")) {
      const all = required.map((one) => [one].flat().join(" or "));
      report([...path, names[0]!], `is missing; a widget of type ${type} needs ${all.join(", ")}`);
    }
  }
}

function inspectKeys(
  value: { [key: string]: Value },
  known: readonly string[],
  path: Problem["path"],
  report: Report,
): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      report([...path, key], `is nothing that Studio knows here; known are ${known.join(", ")}`);
  }
}

function inspectText(value: Value | undefined, path: Problem["path"], report: Report): void {
  if (value === UNKNOWN) return;
  if (typeof value !== "string" || value === "") report(path, `must be a text, got ${quote(value)}`);
}

/** A reference to a widget by its name. */
function inspectName(
  name: Value | undefined,
  names: Set<string> | undefined,
  path: Problem["path"],
  report: Report,
): void {
  if (name === UNKNOWN || names === undefined) return;
  if (typeof name !== "string" || !names.has(name)) {
    report(path, `must name a widget, got ${quote(name)}; there are ${[...names].join(", ")}`);
  }
}
